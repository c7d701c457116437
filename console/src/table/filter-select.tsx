import { Select } from "@mantine/core";

type Choice = { value: string; label: string };
type Props = {
  label: string;
  value: string | undefined;
  choices: readonly Choice[];
  onChange: (value: string | undefined) => void;
};

/** One filter: a choice, or none. */
export const FilterSelect = ({ label, value, choices, onChange }: Props) => (
  <Select
    aria-label={label}
    placeholder={label}
    data={[...choices]}
    value={value ?? null}
    onChange={(chosen) => onChange(chosen ?? undefined)}
    clearable
    clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
    searchable={choices.length > 8}
    flex={{ base: "1 1 8.5rem", sm: "0 1 8.5rem" }}
    miw="8.5rem"
    comboboxProps={{ width: "max-content", position: "bottom-start", shadow: "md" }}
  />
);
