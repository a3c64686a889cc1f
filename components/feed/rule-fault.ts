'use client';

import { problemOf } from './failure';
import { useText } from './text';

type Told = { data?: { problem?: { params?: Record<string, string | number> } | null } | null };

/** What a refusal says: the fault of a rule where it names one, else the sentence of its problem. */
export const useRuleFault = () => {
  const { t } = useText();
  return (error: unknown): string => {
    const fault = (error as Told | null)?.data?.problem?.params?.fault;
    return fault ? t(`dispatch.fault.${fault}`) : t(`common.problem.${problemOf(error)}`);
  };
};
