import account from './account.json';
import address from './address.json';
import assess from './assess.json';
import audit from './audit.json';
import big from './big.json';
import campaign from './campaign.json';
import catalog from './catalog.json';

import chooser from './chooser.json';
import collection from './collection.json';
import common from './common.json';
import control from './control.json';
import dispatch from './dispatch.json';
import dispute from './dispute.json';
import drill from './drill.json';
import errand from './errand.json';
import taken from './export.json';
import intake from './intake.json';
import ladder from './ladder.json';
import link from './link.json';
import map from './map.json';
import mid from './mid.json';
import muster from './muster.json';
import notice from './notice.json';
import own from './own.json';
import panel from './panel.json';
import phone from './phone.json';
import open from './public.json';
import recut from './recut.json';
import register from './register.json';
import report from './report.json';
import search from './search.json';
import small from './small.json';
import theme from './theme.json';
import verify from './verify.json';
import volunteer from './volunteer.json';

/** A sentence in both languages; `{name}` marks a value put in. */
export type Message = { zh: string; en: string };

/** One line a namespace: the file name is the prefix of its keys. */
const namespaces: Record<string, Record<string, Message>> = {
  account,
  address,
  assess,
  audit,
  register,
  collection,
  common,
  campaign,
  catalog,
  control,
  dispute,
  dispatch,
  drill,
  errand,
  export: taken,
  intake,
  ladder,
  small,
  theme,
  search,
  volunteer,
  chooser,
  big,
  mid,
  muster,
  notice,
  own,
  panel,
  public: open,
  recut,
  report,
  phone,
  link,
  map,
  verify,
};

/** Every sentence, keyed `<namespace>.<key>`. */
export const messages: Record<string, Message> = Object.fromEntries(
  Object.entries(namespaces).flatMap(([namespace, texts]) =>
    Object.entries(texts).map(([key, message]) => [`${namespace}.${key}`, message]),
  ),
);
