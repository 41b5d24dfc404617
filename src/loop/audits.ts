/** Deep audits run beside the search; what they find is taken up where it is needed. */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { EventBody, EventDraft } from '../core/events.ts';
import type { AuditAnswer } from '../gatekeeper/contract.ts';
import { CPU_SHARE_TARGET } from '../pace/rules.ts';
import { measuredEvals } from './decide.ts';
import { MAIN_ARM } from './plan.ts';
import { armOf } from './state.ts';
import type { Study } from './study.ts';

/** Whatever its CPU time allows: an evaluator may wait for what is no CPU of ours. */
const LEAST_EVALS = 64;

/** Starts the one that the ledger says is open; after a crash the same is asked again. */
export function beginAudit(study: Study): void {
  const { plan, state } = study;
  const { audit } = state.pace;
  if (audit === undefined || study.audit !== undefined || plan.gatekeeper === undefined) return;
  if (state.gateEpoch !== state.epoch) return;
  const from = candidateNamed(study, audit.from);
  const to = candidateNamed(study, audit.to);
  const lineage = [...state.pace.unaudited.map(({ candidate }) => candidate), audit.to]
    .filter((id, at, all) => all.indexOf(id) === at)
    .map((id) => candidateNamed(study, id));
  const most = (measuredEvals(state) * CPU_SHARE_TARGET) / (1 - CPU_SHARE_TARGET);
  const evals = Math.max(LEAST_EVALS, Math.round(most));
  const { cpuMs } = audit;
  const about = { audit: audit.audit, from, to, lineage, evals };
  const request = { ...about, ...(cpuMs === undefined ? {} : { cpuMs }) };
  const result = plan.gatekeeper.audit(request, study.stepAbort.signal);
  study.audit = { audit: audit.audit, result };
  // Heard where it is taken up: until then its failure is nobody's.
  result.catch(() => undefined);
}

export async function auditUnderWay(
  study: Study,
): Promise<{ readonly audit: number; readonly answer: AuditAnswer }> {
  beginAudit(study);
  if (study.audit === undefined) throw new Error('no audit is under way');
  const { audit, result } = study.audit;
  return { audit, answer: await result };
}

function candidateNamed({ plan, state }: Study, id: CandidateId): Candidate {
  const { milestones } = armOf(state, MAIN_ARM);
  const known = [plan.origin, ...milestones.map(({ candidate }) => candidate)];
  const found = [...known, ...(state.ahead ? [state.ahead] : [])].find((one) => one.id === id);
  if (found) return found;
  throw new Error(`${id} was never an incumbent`);
}

type Incident = Pick<EventBody['incident.opened'], 'kind' | 'candidate'>;

/** The detail is for people who may look into the evidence: the ledger says what kind of thing it was. */
export function incidentDraft({ state }: Study, { kind, candidate }: Incident): EventDraft {
  const incident = state.incidents + 1;
  const detail = 'The evidence is with the gatekeeper: paceline show CANDIDATE --why.';
  const about = candidate === undefined ? {} : { candidate };
  return { type: 'incident.opened', actor: 'gate', body: { incident, kind, detail, ...about } };
}
