'use client';

import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { groupBy } from '@/data/model/group';
import styles from './menu.module.css';

export type Choice = { value: string; label: string; aside?: ReactNode; group?: string };

type ChoiceMenuProps = {
  /** Spoken name of the trigger; what is chosen is added to it. */
  label: string;
  /** What the trigger shows. */
  children: ReactNode;
  value: string | null;
  choices: readonly Choice[];
  onChoose: (value: string) => void;
  className?: string;
  align?: 'start' | 'end';
};

type CheckMenuProps = Pick<ChoiceMenuProps, 'label' | 'children' | 'choices' | 'className'> & {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

const Row = ({ choice, tick }: { choice: Choice; tick: ReactNode }) => (
  <>
    <span className={styles.tick}>{tick}</span>
    <span>{choice.label}</span>
    {choice.aside && <span className={styles.aside}>{choice.aside}</span>}
  </>
);

/** A button that opens a list of which any may be on; it stays open while one chooses. */
export const CheckMenu = ({ label, children, choices, chosen, onChange, className }: CheckMenuProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger className={[styles.trigger, className].filter(Boolean).join(' ')} aria-label={label}>
      {children}
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={styles.positioner} sideOffset={4} align="start">
        <Menu.Popup className={styles.popup}>
          {choices.map((choice) => (
            <Menu.CheckboxItem
              key={choice.value}
              className={styles.item}
              checked={chosen.includes(choice.value)}
              onCheckedChange={(isOn) =>
                onChange(isOn ? [...chosen, choice.value] : chosen.filter((value) => value !== choice.value))
              }
            >
              <Row
                choice={choice}
                tick={
                  <Menu.CheckboxItemIndicator>
                    <Check aria-hidden />
                  </Menu.CheckboxItemIndicator>
                }
              />
            </Menu.CheckboxItem>
          ))}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);

const groupsOf = (choices: readonly Choice[]) => [...groupBy(choices, (choice) => choice.group ?? '')];

/** A button that opens a list to choose one from; arrow keys and first letters work. */
export const ChoiceMenu = ({ label, children, value, choices, onChoose, className, align }: ChoiceMenuProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger className={[styles.trigger, className].filter(Boolean).join(' ')} aria-label={label}>
      {children}
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={styles.positioner} sideOffset={4} align={align ?? 'start'}>
        <Menu.Popup className={styles.popup}>
          {groupsOf(choices).map(([group, members]) => (
            <Menu.RadioGroup key={group} value={value ?? ''} onValueChange={(next: string) => onChoose(next)}>
              {group && <Menu.GroupLabel className={styles.group}>{group}</Menu.GroupLabel>}
              {members.map((choice) => (
                <Menu.RadioItem key={choice.value} value={choice.value} className={styles.item} closeOnClick>
                  <Row
                    choice={choice}
                    tick={
                      <Menu.RadioItemIndicator>
                        <Check aria-hidden />
                      </Menu.RadioItemIndicator>
                    }
                  />
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          ))}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);
