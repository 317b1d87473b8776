import { readFileSync } from "node:fs";

/** Processor time a process has used, in ms, to 10 ms exact (proc(5), fields 14 and 15); null where Linux is not. */
export function cpuMsOf(pid: number | undefined): number | null {
  const stat = pid === undefined ? null : readProc(pid, "stat");
  // The program's name may hold spaces, so counting begins behind its bracket.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (!fields) return null;
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Memory of a process that is in RAM, in MB of 2^20 bytes; null where Linux is not. */
export function residentMbOf(pid: number | undefined): number | null {
  const status = pid === undefined ? null : readProc(pid, "status");
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status ?? "")?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return null;
  }
}
