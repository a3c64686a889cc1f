'use client';

import { useMemo } from 'react';
import type { Drawing, LayerContext } from './layer';
import type { MapRoom } from './map-room';
import { drawNames, type NameBox, type NameInputs } from './name-drawing';
import { isSameDrawing } from './style-diff';

type Drawn = ReturnType<typeof drawNames>;
type NameContext = Parameters<typeof drawNames>[1];
type Remembered = { inputs: readonly unknown[]; drawn: Drawn };

/** As many scenes of a wall as go round, each under a few cameras. */
const mostKept = 24;

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((input, i) => Object.is(input, b[i]));

/**
 * Draws the names that drawings ask for, anew only when these, their marks or the room have changed; what stands just as
 * once before keeps the identity of its drawing, and with it its picture.
 */
export const makeNamer = () => {
  let kept: Remembered[] = [];
  return (drawings: readonly Drawing[], room: MapRoom, context: NameContext): Drawn => {
    const asking = drawings.filter(({ names, pointWords, marks }) => names ?? pointWords ?? marks);
    const { seams, ...rest } = context;
    const inputs = [...asking, JSON.stringify([room, seams]), ...Object.values(rest)];
    const found = kept.find((each) => isSame(each.inputs, inputs));
    const inputsOf = (): NameInputs => ({
      names: asking.flatMap(({ names }) => names ?? []),
      pointWords: asking.flatMap(({ pointWords }) => pointWords ?? []),
      ways: asking.flatMap(({ ways }) => ways ?? []),
      marks: asking.flatMap(({ marks }) => marks ?? []),
      room,
    });
    const drawn = found?.drawn ?? drawNames(inputsOf(), context);
    const known = found
      ? drawn
      : (kept.find((each) => isSameDrawing(each.drawn.drawing, drawn.drawing))?.drawn ?? drawn);
    kept = [{ inputs, drawn: known }, ...kept.filter((each) => each !== found)].slice(0, mostKept);
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
    const isAsked = drawings.some(({ names = [], pointWords = [] }) => names.length + pointWords.length > 0);
    if (!room || !captionPx || zoom === undefined || !seams || !palette || !theme || !isAsked) return none;
    const { drawing, boxes } = name(drawings, room, { captionPx, zoom, seams, palette, theme });
    return { drawings: [drawing], boxes };
  }, [drawings, room, captionPx, zoom, seams, palette, theme, name]);
};
