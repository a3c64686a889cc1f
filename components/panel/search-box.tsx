'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search as Glass } from 'lucide-react';
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { groupBy } from '@/data/model/group';
import { useShortcut } from '../base/shortcut';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import { type Asked, isQuestion, isWhole, viewAsked } from './ask-choice';
import { AskLine } from './ask-line';
import styles from './search-box.module.css';
import { choiceOf } from './search-choice';
import { type Hit, readRecent, remember } from './search-recent';

/** A hit, or the words themselves as a question. */
type Item = Hit | { kind: 'ask'; code: string; asked: Asked };
type Group = { value: string; items: Item[] };

type SearchBoxProps = {
  size: 'desk' | 'hand';
  /** Layers the screen's map shows where the View names none. */
  layers: readonly string[];
  /** Commands of this screen besides those that change the View; hits of others are left out. */
  commands?: Readonly<Record<string, () => void>>;
  /** Results stand under the box instead of in a popup. */
  isInline?: boolean;
  onChosen?: () => void;
};

/** A name with what the words matched set apart. */
const Marked = ({ hit }: { hit: Hit }) => {
  const { lang } = useText();
  const name = lang === 'zh' ? hit.name : hit.nameEn;
  const mark = lang === 'zh' ? hit.mark : hit.markEn;
  if (!mark) return <span>{name}</span>;
  return (
    <span>
      {name.slice(0, mark[0])}
      <mark>{name.slice(mark[0], mark[1])}</mark>
      {name.slice(mark[1])}
    </span>
  );
};

const listOf: Partial<Record<Hit['kind'], string>> = { entity: 'industry', asset: 'resource-type' };

const Detail = ({ hit }: { hit: Hit }) => {
  const { t, term, lang } = useText();
  const list = listOf[hit.kind];
  const text = lang === 'zh' ? hit.detail : hit.detailEn;
  if (hit.kind === 'division') return <span className={styles.detail}>{t(`common.thing.${hit.detail}`)}</span>;
  return <span className={styles.detail}>{list ? term(list, hit.detail) : text}</span>;
};

const Results = ({ choose }: { choose: (item: Item) => void }) => {
  const { t } = useText();
  return (
    <Autocomplete.List>
      {(group: Group) => (
        <Autocomplete.Group key={group.value} items={group.items}>
          <Autocomplete.GroupLabel className={styles.group}>
            {group.value === 'recent' ? t('search.recent') : t(`search.kind.${group.value}`)}
          </Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(item: Item) => (
              <Autocomplete.Item
                key={`${item.kind}:${item.code}`}
                value={item}
                className={styles.item}
                data-hit={`${item.kind}:${item.code}`}
                onClick={() => choose(item)}
              >
                {item.kind === 'ask' ? (
                  <AskLine asked={item.asked} />
                ) : (
                  <>
                    <Marked hit={item} />
                    <Detail hit={item} />
                  </>
                )}
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
};

/** Post at whose screen this is; recent choices are kept apart by it, as its territory decides what it may find. */
const usePost = (): string => {
  const api = useTRPC();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  return me ? `${me.role}:${me.division}` : '';
};

/** The words read as a question; null where they read as none. Only the desk has a page to show one. */
const useQuestion = (words: string, size: SearchBoxProps['size']): { asked: Asked | null; isSettled: boolean } => {
  const api = useTRPC();
  const { view } = useView();
  const isOn = size === 'desk' && words !== '';
  const { data, isFetching, isPlaceholderData } = useQuery({
    ...api.ask.parse.queryOptions({ text: words, at: view.at }, { enabled: isOn }),
    placeholderData: keepPreviousData,
  });
  const asked = isOn && data && isQuestion(data) ? data : null;
  return { asked, isSettled: !isOn || (data !== undefined && !isFetching && !isPlaceholderData) };
};

/** A whole question goes before the hits, one that is not after them. */
const withQuestion = (groups: Group[], asked: Asked | null): Group[] => {
  if (!asked) return groups;
  const group: Group = { value: 'ask', items: [{ kind: 'ask', code: asked.metric ?? '', asked }] };
  return isWhole(asked) ? [group, ...groups] : [...groups, group];
};

/** Hits of the words; the first question, without any, lets the server read its index before they come. */
const useHits = (
  text: string,
  size: SearchBoxProps['size'],
  can: (hit: Hit) => boolean,
): { groups: Group[]; isSettled: boolean } => {
  const api = useTRPC();
  const { view } = useView();
  const post = usePost();
  const words = useDeferredValue(text.trim());
  const { data, isFetching, isPlaceholderData } = useQuery({
    ...api.search.find.queryOptions({ text: words, at: view.at }, { enabled: words !== '' }),
    placeholderData: keepPreviousData,
  });
  const question = useQuestion(words, size);
  useQuery(api.search.find.queryOptions({ text: '' }, { staleTime: Infinity }));
  const recent = useMemo(() => (words === '' && post ? readRecent(post) : []), [words, post]);
  if (words === '') return { groups: recent.length > 0 ? [{ value: 'recent', items: recent }] : [], isSettled: false };
  const groups = [...groupBy((data ?? []).filter(can), ({ kind }) => kind)].map(([value, items]) => ({ value, items }));
  const isRead = data !== undefined && !isFetching && !isPlaceholderData && question.isSettled;
  return { groups: withQuestion(groups, question.asked), isSettled: words === text.trim() && isRead };
};

const useChoose = ({ layers, commands, onChosen }: SearchBoxProps) => {
  const { view, set } = useView();
  const { setLang } = useText();
  const post = usePost();
  return (hit: Item) => {
    if (hit.kind === 'ask') {
      set(viewAsked(hit.asked));
      return;
    }
    remember(post, hit);
    const choice = choiceOf(hit, view.layers ?? layers);
    if ('href' in choice) window.open(choice.href, '_blank', 'noopener');
    else if ('patch' in choice) set(choice.patch);
    else if (choice.command === 'zh' || choice.command === 'en') setLang(choice.command);
    else commands?.[choice.command]?.();
    onChosen?.();
  };
};

const languages = ['zh', 'en'];

/** Whether this screen can do what a hit says. */
const canOn =
  ({ commands }: SearchBoxProps) =>
  (hit: Hit) => {
    const choice = choiceOf(hit, []);
    return !('command' in choice) || languages.includes(choice.command) || commands?.[choice.command] !== undefined;
  };

const useFocusKeys = (input: RefObject<HTMLInputElement | null>, onFocus: () => void) => {
  const focus = () => {
    input.current?.focus();
    input.current?.select();
    onFocus();
    return undefined;
  };
  useShortcut({ 'mod+k': focus, '/': focus });
};

/** Search (Ctrl K or /): places, addresses, codes, things, events, metrics and commands, by kind. */
export const SearchBox = (props: SearchBoxProps) => {
  const { size, isInline = false } = props;
  const { t, lang } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [wantsFirst, setWantsFirst] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { groups, isSettled } = useHits(text, size, canOn(props));
  const act = useChoose(props);
  useFocusKeys(input, () => setOpen(groups.length > 0));
  const choose = (hit: Item) => {
    setWantsFirst(false);
    if (hit.kind === 'ask' && !isWhole(hit.asked)) {
      setText(hit.asked.rest || text);
      return;
    }
    setText('');
    setOpen(false);
    input.current?.blur();
    act(hit);
  };
  const first = groups[0]?.items[0];
  useEffect(() => {
    if (!wantsFirst || !isSettled) return;
    setWantsFirst(false);
    if (first) choose(first);
  });
  const status = isSettled && groups.length === 0 ? t('search.none', { text }) : '';
  const results = (
    <>
      <Autocomplete.Status className={styles.status}>{status}</Autocomplete.Status>
      <Results choose={choose} />
    </>
  );
  return (
    <Autocomplete.Root
      items={groups}
      filter={null}
      value={text}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setText(value);
      }}
      itemToStringValue={(hit: Item) => `${hit.kind}:${hit.code}`}
      autoHighlight
      openOnInputClick
      locale={lang === 'zh' ? 'zh-CN' : 'en'}
      open={isInline || isOpen}
      onOpenChange={(isOn, { reason }) => {
        // what was chosen says itself whether the list closes
        if (reason !== 'item-press') setOpen(isOn);
      }}
      {...(isInline ? { inline: true } : {})}
    >
      <Autocomplete.InputGroup className={styles.box} data-size={size} data-inline={isInline ? '' : undefined}>
        <Glass aria-hidden />
        <Autocomplete.Input
          ref={input}
          aria-label={t('common.action.search')}
          placeholder={t('search.hint')}
          onKeyDown={(press) => {
            if (press.key !== 'Enter' || isSettled || text.trim() === '') return;
            press.preventDefault();
            press.stopPropagation();
            setWantsFirst(true);
          }}
        />
        <kbd aria-hidden>Ctrl K</kbd>
      </Autocomplete.InputGroup>
      {isInline ? (
        <div className={styles.inline}>{results}</div>
      ) : (
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={styles.positioner} sideOffset={4}>
            <Autocomplete.Popup className={styles.popup} data-size={size}>
              {results}
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      )}
    </Autocomplete.Root>
  );
};
