import type { DemoCategory, LocalText } from "./catalogue-types.ts";
import { stableId } from "./stable.ts";

interface CategoryEntry {
  slug: string;
  name: [en: string, de: string];
  text: [en: string, de: string];
  leaves?: CategoryEntry[];
}

const tree: CategoryEntry[] = [
  {
    slug: "home",
    name: ["Home", "Wohnen"],
    text: [
      "Quiet things for rooms that are lived in: light, wood, wool and clay.",
      "Ruhige Dinge für Räume, in denen gelebt wird: Licht, Holz, Wolle und Ton.",
    ],
    leaves: [
      {
        slug: "lighting",
        name: ["Lighting", "Leuchten"],
        text: [
          "Table, floor and pendant lamps with a warm, dimmable light.",
          "Tisch-, Steh- und Pendelleuchten mit warmem, dimmbarem Licht.",
        ],
      },
      {
        slug: "vases-and-candles",
        name: ["Vases & Candles", "Vasen & Kerzen"],
        text: [
          "Thrown vases, poured candles, and the small things a shelf needs.",
          "Gedrehte Vasen, gegossene Kerzen und was ein Regal sonst noch braucht.",
        ],
      },
      {
        slug: "throws-and-cushions",
        name: ["Throws, Cushions & Rugs", "Decken, Kissen & Teppiche"],
        text: [
          "Wool, linen and cotton from mills that still weave slowly.",
          "Wolle, Leinen und Baumwolle aus Webereien, die sich Zeit lassen.",
        ],
      },
      {
        slug: "furniture",
        name: ["Small Furniture", "Kleinmöbel"],
        text: [
          "Stools, chairs and shelves in solid wood that can be repaired.",
          "Hocker, Stühle und Regale aus massivem Holz, das sich reparieren lässt.",
        ],
      },
    ],
  },
  {
    slug: "kitchen",
    name: ["Kitchen & Table", "Küche & Tisch"],
    text: [
      "Pans to hand down, plates to use daily, and coffee done properly.",
      "Pfannen zum Vererben, Teller für jeden Tag und Kaffee, wie er sein soll.",
    ],
    leaves: [
      {
        slug: "cookware",
        name: ["Cookware", "Töpfe & Pfannen"],
        text: [
          "Cast iron, steel and enamel for every hob, induction too.",
          "Gusseisen, Stahl und Emaille für jeden Herd, auch Induktion.",
        ],
      },
      {
        slug: "tableware",
        name: ["Tableware", "Geschirr"],
        text: [
          "Stoneware and porcelain that stack well and survive the dishwasher.",
          "Steinzeug und Porzellan, das sich stapeln lässt und die Spülmaschine verträgt.",
        ],
      },
      {
        slug: "coffee-and-tea",
        name: ["Coffee & Tea", "Kaffee & Tee"],
        text: ["Mugs, pots and makers for slow mornings.", "Becher, Kannen und Filter für langsame Morgen."],
      },
      {
        slug: "knives-and-boards",
        name: ["Knives, Boards & Tools", "Messer, Bretter & Werkzeug"],
        text: [
          "Sharp, oiled and balanced: the tools a cook reaches for.",
          "Scharf, geölt, ausgewogen: Werkzeug, zu dem man beim Kochen greift.",
        ],
      },
      {
        slug: "storage",
        name: ["Jars & Storage", "Gläser & Aufbewahrung"],
        text: [
          "Glass, steel and ash to keep flour dry and bread fresh.",
          "Glas, Stahl und Esche für trockenes Mehl und frisches Brot.",
        ],
      },
    ],
  },
  {
    slug: "bath",
    name: ["Bath", "Bad"],
    text: [
      "Thick towels, plain soap, and order around the basin.",
      "Dicke Handtücher, ehrliche Seife und Ordnung rund ums Waschbecken.",
    ],
    leaves: [
      {
        slug: "towels",
        name: ["Towels & Mats", "Handtücher & Matten"],
        text: [
          "Terry, waffle and linen that dry you, then dry themselves.",
          "Frottee, Waffelpikee und Leinen, das trocknet und schnell trocken ist.",
        ],
      },
      {
        slug: "bath-accessories",
        name: ["Bath Accessories", "Badaccessoires"],
        text: [
          "Dispensers, brushes and trays that don't mind water.",
          "Spender, Bürsten und Ablagen, denen Wasser nichts ausmacht.",
        ],
      },
    ],
  },
  {
    slug: "desk",
    name: ["Desk", "Schreibtisch"],
    text: [
      "Paper worth writing on and sound worth sitting still for.",
      "Papier, auf dem man gern schreibt, und Klang, für den man sitzen bleibt.",
    ],
    leaves: [
      {
        slug: "stationery",
        name: ["Stationery", "Papeterie"],
        text: [
          "Thread-bound notebooks, good pens, and paper that takes ink.",
          "Fadengeheftete Notizbücher, gute Stifte und tintenfestes Papier.",
        ],
      },
      {
        slug: "desk-accessories",
        name: ["Desk Accessories", "Schreibtischzubehör"],
        text: [
          "Cups, trays and mats that clear a space to think.",
          "Becher, Schalen und Unterlagen, die Platz zum Denken schaffen.",
        ],
      },
      {
        slug: "audio-and-tech",
        name: ["Audio & Tech", "Audio & Technik"],
        text: [
          "Headphones, speakers and chargers, repairable and well behaved.",
          "Kopfhörer, Lautsprecher und Ladegeräte: reparierbar und unaufgeregt.",
        ],
      },
    ],
  },
  {
    slug: "outdoors",
    name: ["Outdoors & Travel", "Draußen & Reisen"],
    text: [
      "Packs, tents and bottles for a night out or a month away.",
      "Rucksäcke, Zelte und Flaschen für eine Nacht oder einen ganzen Monat.",
    ],
    leaves: [
      {
        slug: "bags",
        name: ["Bags & Luggage", "Taschen & Gepäck"],
        text: [
          "Backpacks, totes and cases with zips we would trust ourselves.",
          "Rucksäcke, Taschen und Koffer mit Reißverschlüssen, denen wir selbst trauen.",
        ],
      },
      {
        slug: "camping",
        name: ["Camping & Hiking", "Camping & Wandern"],
        text: [
          "Light, dry and warm: what matters after the path ends.",
          "Leicht, trocken, warm: was zählt, wenn der Weg zu Ende ist.",
        ],
      },
    ],
  },
  {
    slug: "garden",
    name: ["Garden", "Garten"],
    text: [
      "For balconies, beds and one brave basil on the sill.",
      "Für Balkon, Beet und das eine tapfere Basilikum am Fenster.",
    ],
    leaves: [
      {
        slug: "planters",
        name: ["Pots & Planters", "Töpfe & Pflanzgefäße"],
        text: [
          "Clay, stoneware and zinc with somewhere for the water to go.",
          "Ton, Steinzeug und Zink, bei denen das Wasser abfließen kann.",
        ],
      },
      {
        slug: "garden-tools",
        name: ["Garden Tools", "Gartenwerkzeug"],
        text: [
          "Forged heads on ash handles, made to be sharpened.",
          "Geschmiedete Köpfe auf Eschenstielen, gemacht zum Nachschärfen.",
        ],
      },
    ],
  },
  {
    slug: "kids",
    name: ["Kids", "Kinder"],
    text: [
      "Toys with few parts and many games, and rooms to play them in.",
      "Spielzeug mit wenig Teilen und vielen Spielen, und Zimmer dafür.",
    ],
    leaves: [
      {
        slug: "wooden-toys",
        name: ["Wooden Toys", "Holzspielzeug"],
        text: [
          "Beech and maple, water-based paint, nothing that beeps.",
          "Buche und Ahorn, Farbe auf Wasserbasis und nichts, das piept.",
        ],
      },
      {
        slug: "kids-room",
        name: ["Kids' Room", "Kinderzimmer"],
        text: [
          "Soft friends, night lights and places for both.",
          "Weiche Freunde, Nachtlichter und ein Platz für beide.",
        ],
      },
    ],
  },
  {
    slug: "apparel",
    name: ["Apparel", "Kleidung"],
    text: [
      "Basics cut from heavy cotton and soft wool, in colours that get along.",
      "Basics aus fester Baumwolle und weicher Wolle, in Farben, die sich vertragen.",
    ],
    leaves: [
      {
        slug: "basics",
        name: ["Basics", "Basics"],
        text: [
          "T-shirts, sweatshirts and shirts without a logo in sight.",
          "T-Shirts, Sweatshirts und Hemden, ganz ohne Logo.",
        ],
      },
      {
        slug: "hats-and-socks",
        name: ["Hats, Socks & Scarves", "Mützen, Socken & Schals"],
        text: [
          "Knitted in small batches, from merino, alpaca and cotton.",
          "In kleinen Mengen gestrickt, aus Merino, Alpaka und Baumwolle.",
        ],
      },
    ],
  },
];

const FOUNDED = "2025-01-15T08:00:00.000Z";

export const localText = ([en, de]: [en: string, de: string]): LocalText => ({ en, de });

function flatten(entries: CategoryEntry[], parentSlug: string | null): DemoCategory[] {
  return entries.flatMap((entry, position) => {
    const category: DemoCategory = {
      id: stableId(`category/${entry.slug}`, FOUNDED),
      slug: entry.slug,
      name: localText(entry.name),
      parentSlug,
      description: localText(entry.text),
      position,
    };
    if (parentSlug === null) category.image = bannerOf(entry.slug);
    return [category, ...flatten(entry.leaves ?? [], entry.slug)];
  });
}

function bannerOf(slug: string): NonNullable<DemoCategory["image"]> {
  const base = `/media/categories/${slug}`;
  return { url: `${base}-1200.webp`, thumbnailUrl: `${base}-480.webp`, width: 1200, height: 600 };
}

/** Every category, each before its leaves. */
export const categories: DemoCategory[] = flatten(tree, null);
