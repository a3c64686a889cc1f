import type { Drawing, Layer, LayerContext } from './layer';
import { hasSeams } from './map-seams';
import { isSameDrawing } from './style-diff';
import type { ShownLayer } from './use-layers';

type Answered = Pick<ShownLayer, 'layer' | 'data'>;

type Remembered = { inputs: unknown[]; drawing: Drawing };

/** Drawings kept a layer: a wall goes round its scenes, each has its own, and others while its camera settles. */
const mostKept = 24;

const isShown = ({ selects }: Layer, selection: string | null): boolean =>
  selects === undefined || selects.includes(selection?.split(':')[0] ?? '');

/** What a layer's drawing depends on; what changes often counts only for layers that follow it. */
const inputsOf = ({ layer, data }: Answered, context: LayerContext): unknown[] => {
  const { view, divisions, text, palette, theme, captionPx, labels, marks, seams, covers, metric, size } = context;
  const follows = (name: 'zoom' | 'frame' | 'highlight' | 'listed') =>
    layer.follows?.includes(name) ? context[name] : null;
  return [
    ...Object.values(data ?? {}),
    view.division,
    isShown(layer, view.selection) ? view.selection : null,
    view.metric,
    view.period,
    view.at,
    JSON.stringify(view.filters),
    JSON.stringify(view.classes),
    divisions,
    text.lang,
    palette,
    theme,
    captionPx,
    labels,
    marks,
    hasSeams(seams),
    metric,
    size,
    follows('zoom'),
    follows('frame'),
    layer.follows?.includes('seams') ? JSON.stringify(seams) : null,
    layer.follows?.includes('covers') ? JSON.stringify(covers) : null,
    data ? layer.clockPart?.(data, context) : null,
    follows('highlight'),
    follows('listed'),
    layer.follows?.includes('page') ? view.page : null,
  ];
};

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((input, i) => Object.is(input, b[i]));

/** A drawing kept that puts the same on the map goes before one made anew: its picture still holds. */
const asBefore = (known: readonly Remembered[], drawing: Drawing): Drawing =>
  known.find((each) => isSameDrawing(each.drawing, drawing))?.drawing ?? drawing;

/** Draws layers, each only when something it depends on has changed; what was drawn before keeps its identity. */
export const makeDrawer = () => {
  const remembered = new Map<Layer, Remembered[]>();
  return (answers: readonly Answered[], context: LayerContext): Drawing[] =>
    answers.flatMap((answer) => {
      if (!answer.data) return [];
      const inputs = inputsOf(answer, context);
      const known = remembered.get(answer.layer) ?? [];
      const found = known.find((each) => isSame(each.inputs, inputs));
      const newest = found ?? { inputs, drawing: asBefore(known, answer.layer.draw(answer.data, context)) };
      if (newest !== known[0])
        remembered.set(answer.layer, [newest, ...known.filter((each) => each !== newest)].slice(0, mostKept));
      return [newest.drawing];
    });
};
