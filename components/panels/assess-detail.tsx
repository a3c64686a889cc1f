'use client';

import { AppealSection } from '../panel/assess-appeal';
import { HandSection } from '../panel/assess-entry';
import { assessPlaceOf, scoresQuery } from '../panel/assess-page';
import { PlanCard } from '../panel/assess-plan';
import { SubjectCard } from '../panel/assess-subject';
import { definePanel } from '../panel/panel';

const key = 'assess-detail';

/** The subject chosen in the table of scores, else the plan it is scored by (考核详情). */
export const assessDetail = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    scores: scoresQuery(api, view),
    plans: api.assessment.plans.queryOptions({ level: assessPlaceOf(view).level }),
    rights: api.assessment.rights.queryOptions(),
  }),
  draw: ({ data: { scores, plans, rights }, view }) => {
    const { subject } = assessPlaceOf(view);
    const row = scores.rows.find(({ code }) => code === subject);
    if (!row) return <PlanCard key={scores.level} scores={scores} plans={plans} isPlanner={rights.isPlanner} />;
    return (
      <SubjectCard scores={scores} row={row}>
        <HandSection scores={scores} row={row} isScorer={rights.isScorer && view.at === null} />
        {rights.isAppellant && <AppealSection scores={scores} row={row} view={view} />}
      </SubjectCard>
    );
  },
});
