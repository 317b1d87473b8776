import type { Scene } from "../views.ts";
import { withDropShadow } from "./backdrop.ts";
import { shade, tint } from "./colour.ts";
import { flatLay } from "./flatlay.ts";
import { drawPiece, heightInCm, knowsPose } from "./kinds.ts";
import { linearGradient } from "./light.ts";
import type { Piece } from "./piece.ts";
import { setDown } from "./props.ts";
import { type Room, roomOf } from "./rooms.ts";
import { type Art, group, grow, move, rect, turn } from "./svg.ts";
import { heightOf, type Subject, widthOf } from "./views.ts";

/** How large a thing is drawn in a room: by its real height, but neither lost in it nor too large for its place. */
function scaleIn({ scale }: Room, { tall, wide }: Room["spot"], art: Art, heightCm: number, heightUnits: number): number {
  const most = Math.min(tall / heightOf(art.box), wide / widthOf(art.box));
  const real = (heightCm * scale) / heightUnits;
  return Math.min(most, Math.max(real, most * 0.62));
}

/** Things that stand on the floor of a hallway rather than on its bench. */
const ON_FLOOR = new Set(["rug", "table", "stool", "chair", "shelf"]);

function bench(): Art {
  const oak = "#c99d67";
  return group([
    rect(210, 726, 30, 150, 4, { fill: shade(oak, 0.16) }),
    rect(760, 726, 30, 150, 4, { fill: shade(oak, 0.16) }),
    rect(150, 690, 700, 44, 8, { fill: linearGradient([[0, tint(oak, 0.3)], [0.4, oak], [1, shade(oak, 0.2)]], 90) }),
  ]);
}

function hung(room: Room, piece: Piece, subject: Subject): Art {
  const { box } = piece.art;
  const { x, y } = room.hook;
  const k = scaleIn(room, room.hook, piece.art, heightInCm(subject.drawing), subject.drawing.height);
  const art = move(grow(piece.art, k), x - ((box.left + box.right) / 2) * k, y - box.top * k);
  return withDropShadow(art, 16);
}

/** The other colours of a garment beside it on the rail, seen edge on. */
function neighbours({ drawing, hex, hexes }: Subject, room: Room): Art {
  const others = [...hexes.filter((other) => other !== hex), tint(hex, 0.3), shade(hex, 0.2), "#a9b797", "#f1ece2"].slice(0, 4);
  return group(
    others.map((other, index) => {
      const { art } = drawPiece(drawing, { hex: other, pose: "front" });
      const k = Math.min(room.hook.tall / heightOf(art.box), 560 / widthOf(art.box));
      const x = [150, 235, 765, 850][index] ?? 500;
      return withDropShadow(move(grow(art, k * 0.26, k), x, room.hook.y - art.box.top * k), 10);
    }),
  );
}

const laidOnGrass = (art: Art): Art => grow(turn(art, 82), 1, 0.5);

/** A product in use: in a room, on a table, in a meadow. */
export function drawScene(scene: Scene, subject: Subject): Art {
  const lightable = scene === "livingroom" || scene === "sideboard" || scene === "ceiling" || scene === "playroom";
  const pose = lightable && knowsPose(subject.drawing, "lit") && subject.drawing.kind !== "night-light" ? "lit" : "front";
  const piece = drawPiece(subject.drawing, { hex: subject.hex, pose });
  const room = roomOf(scene, subject.paper);
  if (piece.stance === "hangs") {
    return group([room.back, scene === "rail" && neighbours(subject, room), hung(room, piece, subject), room.front]);
  }
  if (piece.stance === "lies") {
    if (scene === "hallway") return group([room.back, hung({ ...room, hook: { ...room.hook, tall: 420, wide: 380 } }, piece, subject)]);
    if (scene !== "meadow") return flatLay(scene, piece.art, subject.paper);
    return standing(room, { ...piece, art: laidOnGrass(piece.art), feet: undefined }, subject);
  }
  if (scene !== "hallway") return standing(room, piece, subject);
  if (ON_FLOOR.has(subject.drawing.kind)) return standing({ ...room, spot: { x: 500, y: 880, tall: 420, wide: 700 } }, piece, subject);
  return standing({ ...room, back: group([room.back, bench()]) }, piece, subject);
}

function standing(room: Room, piece: Piece, subject: Subject): Art {
  const { box } = piece.art;
  const k = scaleIn(room, room.spot, piece.art, heightInCm(subject.drawing), subject.drawing.height);
  const sink = piece.feet === undefined ? box.bottom * k : 0;
  return group([room.back, setDown(piece, k, room.spot.x, room.spot.y - sink), room.front]);
}
