import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Brand } from "../app-shell/brand.tsx";
import classes from "./door.module.css";

/** A page for somebody who is not signed in yet. */
export const Door = (props: { title: string; lead?: ReactNode; children: ReactNode }) => (
  <main className={classes["door"]}>
    <title>{`${props.title} · Muster`}</title>
    <div className={classes["card"]}>
      <Brand />
      <Title order={1}>{props.title}</Title>
      <p className={classes["lead"]}>{props.lead}</p>
      {props.children}
    </div>
  </main>
);
