import { randomBytes } from 'node:crypto';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { refuse } from '@/data/model/intake';

const shortest = 12;
const longest = 128;
/** Of 0–4: from 3 on guesses would have to be many. */
const soundScore = 3;

let guesser: ZxcvbnFactory | null = null;

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Refuses a password that is short, holds the user name, or is common or easily guessed (口令策略). */
export const checkPassword = (password: string, owner: { username: string; name: string }): void => {
  if ([...password].length < shortest) throw refuse('password_short', 'At least 12 characters.');
  if (password.length > longest) throw refuse('password_long', 'At most 128 characters.');
  if (lettersOf(password).includes(lettersOf(owner.username)))
    throw refuse('password_name', 'The user name is in the password.');
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  if (guesser.check(password, [owner.username, owner.name, 'gridhall']).score < soundScore)
    throw refuse('password_guessable', 'The password is common or easily guessed.');
};

/** A password for one sign-in, of 80 random bits. */
export const oneTimePassword = (): string => (randomBytes(10).toString('hex').match(/.{5}/g) ?? []).join('-');
