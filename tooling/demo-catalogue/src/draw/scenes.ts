import type { Scene } from "../views.ts";
import { withDropShadow } from "./backdrop.ts";
import { shade, tint } from "./colour.ts";
import { flatLay } from "./flatlay.ts";
import { drawPiece, heightInCm, knowsPose } from "./kinds.ts";
import { linearGradient } from "./light.ts";
import type { Piece, Pose } from "./piece.ts";
import { setDown } from "./props.ts";
import { bathFloor } from "./rooms/bath.ts";
import { hallway } from "./rooms/hall.ts";
import type { Room } from "./rooms/room.ts";
import { roomOf, shaded } from "./rooms.ts";
import { type Art, group, grow, move, rect, turn } from "./svg.ts";
import { heightOf, type Subject, widthOf } from "./views.ts";

/** How large a thing is drawn in a room: by its real height, but neither lost in it nor too large for its place. */
function scaleIn({ scale }: Room, { tall, wide }: Room["spot"], { art }: Piece, { drawing }: Subject): number {
  const most = Math.min(tall / heightOf(art.box), wide / widthOf(art.box));
  return Math.min(most, Math.max((heightInCm(drawing) * scale) / drawing.height, most * 0.62));
}

/** Goes nearer to a thing until it takes up a good part of the picture. */
function nearer(scene: Art, x: number, y: number, width: number, height: number): Art {
  const zoom = Math.min(1.5, Math.max(1, 470 / Math.max(width, height)));
  return move(grow(scene, zoom), x - x * zoom, y - y * zoom);
}

function hung(room: Room, piece: Piece, subject: Subject, beside?: Art): Art {
  const { box } = piece.art;
  const { x, y } = room.hook;
  const k = scaleIn(room, room.hook, piece, subject);
  const art = move(grow(piece.art, k), x - ((box.left + box.right) / 2) * k, y - box.top * k);
  const scene = group([room.back, beside, withDropShadow(art, 16), room.front]);
  return nearer(scene, x, y, widthOf(box) * k, heightOf(box) * k);
}

function standing(room: Room, piece: Piece, subject: Subject): Art {
  const { box } = piece.art;
  const { x, y } = room.spot;
  const k = scaleIn(room, room.spot, piece, subject);
  const sink = piece.feet === undefined ? box.bottom * k : 0;
  const scene = group([room.back, setDown(piece, k, x, y - sink), room.front]);
  return nearer(scene, x, y - 60, widthOf(box) * k, heightOf(box) * k);
}

/** The other colours of a garment beside it on the rail, seen edge on. */
function neighbours({ drawing, hex, hexes }: Subject, { hook }: Room): Art {
  const others = [...hexes.filter((other) => other !== hex), tint(hex, 0.3), shade(hex, 0.2), "#a9b797", "#f1ece2"];
  const hangers = others.slice(0, 4).map((other, index) => {
    const { art } = drawPiece(drawing, { hex: other, pose: "front" });
    const k = Math.min(hook.tall / heightOf(art.box), 560 / widthOf(art.box));
    return withDropShadow(
      move(grow(art, k * 0.26, k), [150, 235, 765, 850][index] ?? 500, hook.y - art.box.top * k),
      10,
    );
  });
  return group(hangers);
}

function bench(): Art {
  const oak = "#c99d67";
  return group([
    rect(210, 726, 30, 150, 4, { fill: shade(oak, 0.16) }),
    rect(760, 726, 30, 150, 4, { fill: shade(oak, 0.16) }),
    rect(150, 690, 700, 44, 8, {
      fill: linearGradient(
        [
          [0, tint(oak, 0.3)],
          [0.4, oak],
          [1, shade(oak, 0.2)],
        ],
        90,
      ),
    }),
  ]);
}

/** Things that stand on the floor, whatever the room has to put smaller ones on. */
const ON_FLOOR = new Set(["rug", "table", "stool", "chair", "shelf", "suitcase"]);

/** The room for a thing: its scene's, seen so that there is a fit place for it. */
function roomFor(scene: Scene, { drawing, paper }: Subject): Room {
  const low = ON_FLOOR.has(drawing.kind);
  if (scene === "basin" && (drawing.kind === "rug" || drawing.kind === "basket")) return shaded(bathFloor(paper));
  if (scene === "hallway" && drawing.kind === "shelf") return shaded(hallway(paper, false));
  const room = roomOf(scene, paper);
  if (scene === "hallway" && !low) return { ...room, back: group([room.back, bench()]) };
  if (scene === "hallway" || scene === "platform" || scene === "counter") {
    return low ? { ...room, spot: { x: 500, y: 930, tall: scene === "hallway" ? 420 : 620, wide: 700 } } : room;
  }
  return room;
}

const EVENINGS = new Set<Scene>(["livingroom", "sideboard", "ceiling"]);

/** A product in use: in a room, on a table, in a meadow. */
export function drawScene(scene: Scene, subject: Subject): Art {
  const pose: Pose = EVENINGS.has(scene) && knowsPose(subject.drawing, "lit") ? "lit" : "front";
  const piece = drawPiece(subject.drawing, { hex: subject.hex, pose });
  const room = roomFor(scene, subject);
  if (piece.stance === "stands") return standing(room, piece, subject);
  if (piece.stance === "hangs")
    return hung(room, piece, subject, scene === "rail" ? neighbours(subject, room) : undefined);
  if (scene === "hallway")
    return hung({ ...roomOf(scene, subject.paper), hook: { x: 500, y: 196, tall: 420, wide: 380 } }, piece, subject);
  if (scene === "meadow" && subject.drawing.kind === "sleeping-bag") {
    return standing(room, { ...piece, art: grow(turn(piece.art, 78), 1.2, 0.62), feet: undefined }, subject);
  }
  return flatLay(scene, piece.art, subject.paper);
}
