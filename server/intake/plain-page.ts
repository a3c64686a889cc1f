import type { Lang } from '@/data/model/format';
import type { Progress, PublicForm } from '@/data/model/intake';
import { type Params, translate } from '@/data/text/translate';

/** Markup whose values were escaped. */
type Html = { html: string };
type Value = string | number | Html | readonly Html[] | null | false;

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

const written = (value: Value): string => {
  if (value === null || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
};

/** Markup with every value escaped that is not markup itself. */
const html = (parts: TemplateStringsArray, ...values: Value[]): Html => ({
  html: parts.reduce((text, part, i) => text + written(values[i - 1] ?? null) + part),
});

/** Looks of a page that loads nothing: readable at any width, by the browser's own controls. */
const looks: Html = {
  html: `<style>body{margin:0;background:#eef1f3;color:#131a20;font:1.1rem/1.5 system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:1rem}h1{margin:0;font-size:1.4rem}h1+p{margin:0;color:#44525e}
a{display:inline-block;padding:.6rem 0;color:#0b5566}form{padding:.2rem 1rem 1rem;border-radius:12px;background:#fff}
label{display:block;margin:1rem 0;font-weight:600}input,select,textarea{display:block;width:100%;min-height:3rem;margin-top:.3rem;
padding:.6rem;box-sizing:border-box;border:1px solid #76838e;border-radius:8px;background:#fff;font:inherit;font-weight:400}
small,.promise{color:#44525e;font-size:.95rem;font-weight:400}button{width:100%;min-height:3.2rem;border:0;border-radius:10px;
background:#0b5566;color:#fff;font:inherit;font-weight:600}.look button{border:1px solid #0b5566;background:#fff;color:#0b5566}
[role=alert]{padding:.6rem 1rem;border:2px solid;border-radius:8px;background:#fff;font-weight:600}
ol{padding:1rem 1rem 1rem 2.5rem;border-radius:12px;background:#fff}time{margin-left:.6rem;color:#44525e}</style>`,
};

export type PlainArea = { code: string; name: string; nameEn: string; position: [number, number] };

/** What was written before, so that a refusal loses nothing; the photo must be chosen anew. */
export type PlainDraft = {
  clientKey: string;
  text: string;
  category: string;
  area: string;
  where: string;
  contact: string;
};

const page = (lang: Lang, title: string, body: Html): string =>
  `<!doctype html>${
    html`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title}</title>${looks}</head><body>${body}</body></html>`.html
  }`;

const option = (value: string, label: string, chosen: string): Html =>
  html`<option value="${value}"${value === chosen && { html: ' selected' }}>${label}</option>`;

type FormProps = {
  lang: Lang;
  form: PublicForm;
  areas: readonly PlainArea[];
  draft: PlainDraft;
  /** Sentence of a refusal; null = none. */
  fault: string | null;
};

const categories = ({ lang, form, draft }: FormProps): Html[] =>
  form.words
    .filter(({ list }) => list === 'event-category-l1')
    .map((group) => {
      const own = form.words.filter(({ list, parent }) => list === 'event-category' && parent === group.code);
      return html`<optgroup label="${group[lang]}">${own.map((word) => option(word.code, word[lang], draft.category))}</optgroup>`;
    });

/** The report as a form a browser sends by itself (无脚本上报页). */
export const plainFormPage = (props: FormProps): string => {
  const { lang, form, areas, draft, fault } = props;
  const t = (key: string, params?: Params) => translate(lang, `public.${key}`, params);
  const areaName = (area: PlainArea) => (lang === 'zh' ? area.name : area.nameEn);
  const other = lang === 'zh' ? 'en' : 'zh';
  const body = html`<main><h1>${t('name')}</h1><p>${[lang === 'zh' ? form.name : form.nameEn, form.isDemo && translate(lang, 'common.badge.demo')].filter(Boolean).join(' · ')}</p>
<p><a href="?lang=${other}">${translate(lang, `common.language.${other}`)}</a></p>
${fault !== null && html`<p role="alert">${fault}</p>`}
<form method="post" action="/api/public/plain?lang=${lang}" enctype="multipart/form-data">
<input type="hidden" name="clientKey" value="${draft.clientKey}">
<label>${t('text')}<textarea name="text" rows="4" required minlength="2" maxlength="800">${draft.text}</textarea></label>
<label>${t('category')}<select name="category" required><option value=""></option>${categories(props)}</select></label>
<label>${t('plain.area')}<select name="area" required><option value=""></option>${areas.map((area) => option(area.code, areaName(area), draft.area))}</select></label>
<label>${t('plain.where')}<input name="where" maxlength="120" value="${draft.where}"></label>
<label>${t('photo')}<input type="file" name="photo" accept="image/jpeg,image/png,image/webp"></label>
<label>${t('contact')}<input name="contact" maxlength="80" value="${draft.contact}"><small>${t('contact.note')}</small></label>
<button type="submit">${t('send')}</button></form><p class="promise">${t('promise')}</p>
<form class="look" method="get"><input type="hidden" name="lang" value="${lang}"><label>${t('look')}<input name="receipt" required maxlength="24"
placeholder="XXXX-XXXX-XXXX-XXXX"></label><button type="submit">${t('look.go')}</button></form></main>`;
  return page(lang, t('name'), body);
};

/** What a receipt tells, without scripts (无脚本回执页). `stamp` writes an instant on the wall clock of the house. */
export const plainReceiptPage = (lang: Lang, told: Progress, stamp: (at: string) => string): string => {
  const t = (key: string, params?: Params) => translate(lang, `public.${key}`, params);
  const body = html`<main><h1>${t('receipt')}</h1><p><strong data-receipt>${told.receipt}</strong></p>
<p>${t('receipt.keep')}</p><p>${told.category[lang]}</p><p>${told.text}</p>
<ol>${told.steps.map(({ step, at }) => html`<li>${t(`step.${step}`)} <time datetime="${at}">${stamp(at)}</time></li>`)}</ol>
<p><a href="?lang=${lang}">${t('plain.again')}</a></p></main>`;
  return page(lang, t('receipt'), body);
};
