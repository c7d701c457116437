import type { ReactNode } from "react";
import classes from "./tone.module.css";

export type ToneName = "ok" | "warn" | "bad" | "calm";

/** A state in words, with a dot so that it is found at a glance. */
export const Tone = ({ tone, children }: { tone: ToneName; children: ReactNode }) => (
  <span className={`${classes["tone"]} ${classes[tone]}`}>{children}</span>
);
