/** The daemon's own jobs, in the order in which one heartbeat does them. Add yours here. */
import type { Job } from "./jobs.ts";

export interface JobListParts {
  readonly more?: readonly Job[];
}

export const jobList = ({ more = [] }: JobListParts): readonly Job[] => [...more];
