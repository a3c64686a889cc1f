'use client';

import { Checkbox } from '@/components/base/checkbox';
import { useText } from '@/components/feed/text';
import { noticeChannels } from '@/data/model/notice';
import { type PolicyRung, rungPosts } from '@/data/model/supervision';
import styles from './screen.module.css';

/** What a rung says by level 1–4, and the word for it. */
export const byLevel = [
  { name: 'overHours', word: 'over' },
  { name: 'replyHours', word: 'reply' },
  { name: 'unreadMinutes', word: 'unread' },
] as const;

type RungProps = { rung: PolicyRung; set: (rung: PolicyRung) => void };

const put = (values: readonly number[], index: number, value: number): number[] =>
  values.map((one, i) => (i === index ? value : one));

const Hours = ({ rung, set }: RungProps) => {
  const { t, words } = useText();
  return (
    <table className={styles.pairs}>
      <thead>
        <tr>
          <th scope="col">{t('dispatch.rules.level')}</th>
          {words('event-level').map(({ code, label }) => (
            <th key={code} scope="col" data-end="">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {byLevel.map(({ name, word }) => (
          <tr key={name}>
            <th scope="row">{t(`ladder.${word}`)}</th>
            {words('event-level').map(({ code, label }, i) => (
              <td key={code}>
                <input
                  type="number"
                  required
                  min={0}
                  step="any"
                  name={`${rung.code}-${name}-${code}`}
                  aria-label={`${t(`ladder.${word}`)} ${label}`}
                  value={rung[name][i] ?? 0}
                  onChange={({ target }) => set({ ...rung, [name]: put(rung[name], i, target.valueAsNumber || 0) })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type ChoiceProps<C extends string> = {
  title: string;
  all: readonly { code: C; label: string }[];
  chosen: readonly C[];
  set: (chosen: C[]) => void;
};

const Choice = <C extends string>({ title, all, chosen, set }: ChoiceProps<C>) => (
  <fieldset className={styles.flags}>
    <legend>{title}</legend>
    {all.map(({ code, label }) => (
      <Checkbox
        key={code}
        label={label}
        isChecked={chosen.includes(code)}
        isDisabled={chosen.length === 1 && chosen.includes(code)}
        onChange={(is) => set(all.map((one) => one.code).filter((one) => (one === code ? is : chosen.includes(one))))}
      >
        {label}
      </Checkbox>
    ))}
  </fieldset>
);

const RungFields = ({ rung, set }: RungProps) => {
  const { t, term } = useText();
  return (
    <fieldset className={styles.rung} data-rung={rung.code}>
      <legend>{term('supervision-rung', rung.code)}</legend>
      <label>
        {t('ladder.share')}
        <input
          type="number"
          required
          min={10}
          max={100}
          name={`${rung.code}-atShare`}
          value={Math.round(rung.atShare * 100)}
          onChange={({ target }) => set({ ...rung, atShare: (target.valueAsNumber || 0) / 100 })}
        />
      </label>
      <Hours rung={rung} set={set} />
      <Choice
        title={t('ladder.posts')}
        all={rungPosts.map((code) => ({ code, label: t(`ladder.post.${code}`) }))}
        chosen={rung.posts}
        set={(posts) => set({ ...rung, posts })}
      />
      <Choice
        title={t('ladder.channels')}
        all={noticeChannels.map((code) => ({ code, label: term('notice-channel', code) }))}
        chosen={rung.channels}
        set={(channels) => set({ ...rung, channels })}
      />
    </fieldset>
  );
};

/** The rungs of a ladder to be changed, the lowest first. */
export const LadderFields = ({ draft, set }: { draft: PolicyRung[]; set: (draft: PolicyRung[]) => void }) => (
  <div className={styles.rungs}>
    {draft.map((rung) => (
      <RungFields
        key={rung.code}
        rung={rung}
        set={(next) => set(draft.map((one) => (one.code === next.code ? next : one)))}
      />
    ))}
  </div>
);
