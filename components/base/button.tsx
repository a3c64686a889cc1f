import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './button.module.css';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** plain: outlined · primary: the one action of a card · quiet: no edge · icon: a square with one glyph. */
  kind?: 'plain' | 'primary' | 'quiet' | 'icon';
  ref?: Ref<HTMLButtonElement>;
};

/** Push button, 32 px high on a desk. An `icon` one needs an `aria-label`. */
export const Button = ({ kind = 'plain', className, ...rest }: ButtonProps) => (
  <button type="button" className={[styles.button, styles[kind], className].filter(Boolean).join(' ')} {...rest} />
);
