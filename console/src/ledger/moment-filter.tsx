import { TextInput } from "@mantine/core";
import { useState } from "react";
import { readMoment, toLocal } from "./moment.ts";

type Props = {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** A moment as it is typed here, and kept in the address as one everywhere. */
export const MomentFilter = ({ label, value, onChange }: Props) => {
  const shown = value === undefined ? "" : toLocal(value);
  const [draft, setDraft] = useState<string>();
  const text = draft ?? shown;
  const isWrong = text.trim() !== "" && readMoment(text) === undefined;
  const settle = () => {
    if (draft === undefined || isWrong) return;
    setDraft(undefined);
    onChange(readMoment(draft));
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={`${label}: 2026-01-31 13:00`}
      value={text}
      error={isWrong && draft !== undefined ? "Year-month-day hour:minute" : undefined}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={settle}
      onKeyDown={({ key }) => {
        if (key === "Enter") settle();
      }}
      flex={{ base: "1 1 11rem", sm: "0 1 11rem" }}
      miw="11rem"
    />
  );
};
