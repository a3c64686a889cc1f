import { z } from 'zod';

/** Word of list `house-use` of a home that is let (出租屋): these alone are rated. */
export const letUse = '2';

export const rentalGrades = ['A', 'B', 'C', 'D'] as const;
export const RentalGrade = z.enum(rentalGrades);
/** Word of list `rental-rating`. */
export type RentalGrade = z.infer<typeof RentalGrade>;

/** A factor of the rating: word of list `rental-rating-factor`, points it is worth, points it takes away. */
export type RentalLoss = { factor: string; weight: number; lost: number };

/** Rating of a let home (出租屋分类分级): 100 points less what its factors take away. */
export type RentalRating = {
  grade: RentalGrade;
  score: number;
  /** Days between two visits its grade asks for. */
  visitDays: number;
  losses: RentalLoss[];
};

/** Code of a dwelling as it stands on its plate; imported installations have codes of their own. */
const HomeCode = z
  .string()
  .trim()
  .regex(/^[\w-]{4,40}$/);

export const GradeAsk = z.strictObject({ code: HomeCode });

/** What a citizen says who he is with (居住登记自助打印): home, full name and ID number must belong together. */
export const SlipAsk = z.strictObject({
  code: HomeCode,
  name: z.string().trim().min(2).max(60),
  idNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z]{6,20}$/),
});
export type SlipAsk = z.infer<typeof SlipAsk>;

/** What anybody is told by the code of a home: its grade; null = it is not let. Nothing of who lives there or next door. */
export type HomeGrade = { address: string; room: string; grade: RentalGrade | null };

/** What a resident prints (居住登记凭条): his own line of the register, masked, and his home's rating; null = it is not let. */
export type Slip = {
  name: string;
  idNumber: string;
  address: string;
  room: string;
  relation: string;
  since: string;
  /** Local day it was printed. */
  printedOn: string;
  rating: RentalRating | null;
};
