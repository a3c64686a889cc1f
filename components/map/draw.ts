import type { Drawing, Layer, LayerContext } from './layer';
import type { ShownLayer } from './use-layers';

type Remembered = { inputs: unknown[]; drawing: Drawing };

const isShown = ({ selects }: Layer, selection: string | null): boolean =>
  selects === undefined || selects.includes(selection?.split(':')[0] ?? '');

/** What a layer's drawing depends on; what changes often counts only for layers that follow it. */
const inputsOf = ({ layer, data }: ShownLayer, context: LayerContext): unknown[] => {
  const { view, divisions, text, palette, theme, captionPx, labels, metric, size } = context;
  const follows = (name: 'zoom' | 'frame' | 'highlight') => (layer.follows?.includes(name) ? context[name] : null);
  return [
    ...Object.values(data ?? {}),
    view.division,
    isShown(layer, view.selection) ? view.selection : null,
    view.metric,
    view.period,
    view.at,
    view.filters,
    view.classes,
    divisions,
    text.lang,
    palette,
    theme,
    captionPx,
    labels,
    metric,
    size,
    follows('zoom'),
    follows('frame'),
    data ? layer.clockPart?.(data, context) : null,
    follows('highlight'),
    layer.follows?.includes('page') ? view.page : null,
  ];
};

/** Draws layers, each only when something it depends on has changed; an unchanged drawing keeps its identity. */
export const makeDrawer = () => {
  const remembered = new Map<Layer, Remembered>();
  return (answers: ShownLayer[], context: LayerContext): Drawing[] =>
    answers.flatMap((answer) => {
      if (!answer.data) return [];
      const inputs = inputsOf(answer, context);
      const known = remembered.get(answer.layer);
      if (
        known &&
        known.inputs.length === inputs.length &&
        inputs.every((input, i) => Object.is(input, known.inputs[i]))
      )
        return [known.drawing];
      const drawing = answer.layer.draw(answer.data, context);
      remembered.set(answer.layer, { inputs, drawing });
      return [drawing];
    });
};
