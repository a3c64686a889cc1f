'use client';

import { useMemo } from 'react';
import type { Drawing, LayerContext } from './layer';
import type { MapRoom } from './map-room';
import { drawNames, type NameBox, type NameInputs } from './name-drawing';
import { isSameDrawing } from './style-diff';

type Drawn = ReturnType<typeof drawNames>;
type NameContext = Parameters<typeof drawNames>[1];

/** As many scenes of a wall as go round. */
const mostKept = 24;

/** Draws names; those that stand just as once before keep the identity of their drawing, and with it its picture. */
export const makeNamer = () => {
  let kept: Drawn[] = [];
  return (inputs: NameInputs, context: NameContext): Drawn => {
    const drawn = drawNames(inputs, context);
    const known = kept.find(({ drawing }) => isSameDrawing(drawing, drawn.drawing)) ?? drawn;
    kept = [known, ...kept.filter((each) => each !== known)].slice(0, mostKept);
    return known;
  };
};

const none: { drawings: Drawing[]; boxes: readonly NameBox[] } = { drawings: [], boxes: [] };

/** The names that drawings ask for, placed clear of their marks; nothing while the room of the map is not known. */
export const useNames = (
  drawings: readonly Drawing[],
  context: LayerContext | null,
  room: MapRoom | null,
  name: ReturnType<typeof makeNamer>,
): { drawings: Drawing[]; boxes: readonly NameBox[] } => {
  const { captionPx, zoom, seams, palette, theme } = context ?? {};
  return useMemo(() => {
    const names = drawings.flatMap((drawing) => drawing.names ?? []);
    if (!room || !captionPx || zoom === undefined || !seams || !palette || !theme || names.length === 0) return none;
    const marks = drawings.flatMap((drawing) => drawing.marks ?? []);
    const { drawing, boxes } = name({ names, marks, room }, { captionPx, zoom, seams, palette, theme });
    return { drawings: [drawing], boxes };
  }, [drawings, room, captionPx, zoom, seams, palette, theme, name]);
};
