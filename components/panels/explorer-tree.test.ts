import { expect, test } from 'vitest';
import { Fact } from '@/data/metrics/metric';
import { messages } from '@/data/text';

test.each(Fact.options)('metrics of %s stand under a name', (fact) => {
  expect(messages[`panel.explorer-tree.group.${fact}`]).toBeDefined();
});
