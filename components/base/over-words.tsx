import { useText } from '../feed/text';
import styles from './over-words.module.css';
import { spanWords } from './span';

/** How long something is past its limit (已超), beside the red lamp; minutes. */
export const OverWords = ({ minutes }: { minutes: number }) => {
  const { t } = useText();
  return <span className={styles.over}>{t('common.duration.over', { time: spanWords(minutes, t) })}</span>;
};
