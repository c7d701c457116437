import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { sayExactly, sayWhen } from "./time.ts";

/** When something happened: how long ago, and exactly in the tooltip. */
export const Moment = ({ at }: { at: string }) => {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 30_000, { autoInvoke: true });
  return (
    <time dateTime={at} title={sayExactly(at)}>
      {sayWhen(at, now)}
    </time>
  );
};
