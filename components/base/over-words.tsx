import { useText } from '../feed/text';
import styles from './over-words.module.css';
import { spanWords } from './span';

type OverWordsProps = {
  minutes: number;
  /** Under a title that says so, in a narrow column: the time alone, from a day on in whole days. */
  isShort?: boolean;
};

const dayMinutes = 1_440;

/** How long something is past its limit (已超), beside the red lamp. */
export const OverWords = ({ minutes, isShort = false }: OverWordsProps) => {
  const { t } = useText();
  const whole = isShort && minutes >= dayMinutes ? minutes - (minutes % dayMinutes) : minutes;
  const time = spanWords(whole, t);
  return <span className={styles.over}>{isShort ? time : t('common.duration.over', { time })}</span>;
};
