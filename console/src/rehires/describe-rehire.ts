import type { Rehire } from "../api/contract.ts";
import { sayExactly } from "../elements/time.ts";

/** "employee E-77, left on … holding 3 items", to follow a name. Pure. */
export const describeFormer = ({ employeeNumber, former, state }: Rehire): string => {
  const left = former.leftAt === null ? "left" : `left on ${sayExactly(former.leftAt)}`;
  const items = former.held === 1 ? "1 item" : `${former.held} items`;
  const held = state === "same" ? "" : former.held === 0 ? " holding nothing" : ` holding ${items}`;
  return `employee ${employeeNumber}, ${left}${held}`;
};
