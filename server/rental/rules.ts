import { type RentalGrade, type RentalLoss, type RentalRating, rentalGrades } from '@/data/model/rental';
import type { ListedWord } from '../dictionary/store';

/** A case at a home or in the common parts of its building. */
export type HomeCase = { category: string; level: number; isOpen: boolean; isRecent: boolean; isOwn: boolean };

/** What a home is rated by: who lives there, how many of them are in doubt, and its cases. */
export type HomeFacts = { nResidents: number; nDoubted: number; nElsewhere: number; cases: readonly HomeCase[] };

export const soundHome: HomeFacts = { nResidents: 0, nDoubted: 0, nElsewhere: 0, cases: [] };

/** Beginnings of category codes that a factor counts, the longest first. */
const claimsOf = (factors: readonly ListedWord[]) =>
  factors
    .flatMap(({ code, attrs }) => (attrs.categories ?? '').split(' ').map((start) => ({ start, factor: code })))
    .filter(({ start }) => start !== '')
    .sort((a, b) => b.start.length - a.start.length);

/**
 * Share of a factor's points its cases take: half for one of level Ⅲ or Ⅳ, all for a graver one or several. A factor without
 * months counts what is open, in the common parts too; one with months what was reported in them in the home itself.
 */
const shareOfCases = (cases: readonly HomeCase[], months: string | undefined): number => {
  const counted = cases.filter(({ isOpen, isRecent, isOwn }) => (months === undefined ? isOpen : isRecent && isOwn));
  if (counted.length === 0) return 0;
  return counted.length > 1 || counted.some(({ level }) => level <= 2) ? 1 : 0.5;
};

/** Factors of residents: the share of those in doubt. */
const shareOfResidents: Record<string, (facts: HomeFacts) => number> = {
  registration: ({ nResidents, nDoubted }) => (nResidents === 0 ? 0 : nDoubted / nResidents),
  residence_match: ({ nResidents, nElsewhere }) => (nResidents === 0 ? 0 : nElsewhere / nResidents),
};

/** Rates homes by lists `rental-rating-factor` and `rental-rating` as they were in force. */
export const rater = (factors: readonly ListedWord[], grades: readonly ListedWord[]) => {
  const claims = claimsOf(factors);
  const byWeight = factors.toSorted((a, b) => Number(b.attrs.weight) - Number(a.attrs.weight));
  const factorOf = (category: string) => claims.find(({ start }) => category.startsWith(start))?.factor;
  const visitDays = (grade: RentalGrade) => Number(grades.find(({ code }) => code === grade)?.attrs.visit_every_days);
  const lowest = (grade: RentalGrade) => Number(grades.find(({ code }) => code === grade)?.attrs.score_from);
  return (facts: HomeFacts): RentalRating => {
    const losses: RentalLoss[] = byWeight.map(({ code, attrs }) => {
      const share =
        shareOfResidents[code]?.(facts) ??
        shareOfCases(
          facts.cases.filter(({ category }) => factorOf(category) === code),
          attrs.months,
        );
      const weight = Number(attrs.weight);
      return { factor: code, weight, lost: Math.round(weight * share * 10) / 10 };
    });
    const score = Math.round((100 - losses.reduce((sum, { lost }) => sum + lost, 0)) * 10) / 10;
    // a score between two grades, 89.5, belongs to the lower one
    const grade = rentalGrades.find((each) => score >= lowest(each)) ?? 'D';
    return { grade, score, visitDays: visitDays(grade), losses };
  };
};
