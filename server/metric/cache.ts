import type { z } from 'zod';
import type { Answer } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { type AskContext, answer } from './answer';
import type { Facts } from './follower';

/** Milliseconds an answer is handed out again to those who ask the same of the same data. */
const keepMs = 1_000;
const maxKept = 500;

const kept = new WeakMap<Facts, Map<string, { at: number; answer: Promise<Answer> }>>();

/** Answers, or hands out the answer of under a second ago to the same question, post, screen and watermark. */
export const answerCached = (context: AskContext, ask: z.input<typeof Ask>): Promise<Answer> => {
  const { facts, scope } = context;
  const cache = kept.get(facts) ?? new Map<string, { at: number; answer: Promise<Answer> }>();
  kept.set(facts, cache);
  const key = JSON.stringify([facts.status().watermark, scope.path, scope.role, scope.screen, ask]);
  const known = cache.get(key);
  if (known && Date.now() - known.at < keepMs) return known.answer;
  if (cache.size >= maxKept) cache.clear();
  const fresh = answer(context, ask);
  cache.set(key, { at: Date.now(), answer: fresh });
  fresh.catch(() => cache.delete(key));
  return fresh;
};
