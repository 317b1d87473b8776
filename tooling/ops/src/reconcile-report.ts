import type { Finding, Reconcile } from "@tradepost/contracts/reconciliation";
import type { ServiceResult } from "./reconcile.ts";

const SHOWN_PER_GROUP = 10;
const ORDER: readonly Finding["outcome"][] = ["alert", "repairable", "repaired"];

/** What was compared and found, for people: a service each, differences grouped by outcome and kind, and a last line. */
export function reportText({ since, until, dryRun }: Reconcile, results: readonly ServiceResult[]): string {
  const title = `What changed from ${minute(since)} to ${minute(until)}${dryRun ? ", only looked at (dry run)" : ""}:`;
  return [title, "", ...results.flatMap(serviceLines), "", summary(results)].join("\n");
}

/** 0: nothing is left to do. 1: something is. 2: a service could not answer. */
export function exitCodeOf(results: readonly ServiceResult[]): 0 | 1 | 2 {
  if (results.some(({ report }) => report === undefined)) return 2;
  return findingsOf(results).some(({ outcome }) => outcome !== "repaired") ? 1 : 0;
}

function serviceLines({ service, compares, report, error }: ServiceResult): string[] {
  if (!report) return [`${service.padEnd(9)}failed: ${error}`];
  const { compared, findings } = report;
  const verdict = findings.length === 0 ? "all agree" : counted(findings.length, "difference");
  return [`${service.padEnd(9)}${compares}: ${compared} compared, ${verdict}`, ...groupLines(findings)];
}

function groupLines(findings: readonly Finding[]): string[] {
  const groups = [...Map.groupBy(findings, ({ outcome, kind }) => `${ORDER.indexOf(outcome)} ${kind}`)];
  groups.sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, group]) => {
    const { outcome = "", kind = "" } = group[0] ?? {};
    const shown = group.slice(0, SHOWN_PER_GROUP).map(({ subject, detail }) => `      ${subject}  ${detail}`);
    const more = group.length - shown.length;
    const rest = more > 0 ? [`      and ${more} more, all in --json`] : [];
    return [`  ${outcome.padEnd(11)}${kind}, ${group.length}`, ...shown, ...rest];
  });
}

function summary(results: readonly ServiceResult[]): string {
  const findings = findingsOf(results);
  const count = (outcome: Finding["outcome"]) => findings.filter((finding) => finding.outcome === outcome).length;
  const [alerts, repairable, repaired] = ORDER.map(count) as [number, number, number];
  const failed = results.filter(({ report }) => report === undefined).map(({ service }) => service);
  const parts = [
    ...(alerts > 0 ? [`${alerts} for a person to decide`] : []),
    ...(repairable > 0 ? [`${repairable} that a run without --dry-run repairs`] : []),
    ...(repaired > 0 ? [`${repaired} repaired`] : []),
  ];
  const found =
    parts.length === 0 ? "No differences" : `${counted(findings.length, "difference")}: ${parts.join(", ")}`;
  return failed.length === 0 ? `${found}.` : `${found}. No answer from: ${failed.join(", ")}.`;
}

const findingsOf = (results: readonly ServiceResult[]): Finding[] =>
  results.flatMap(({ report }) => report?.findings ?? []);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const minute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)}`;
