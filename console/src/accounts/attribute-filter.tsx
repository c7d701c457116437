import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { FilterAttribute } from "../api/contract.ts";
import { FilterSelect } from "../table/filter-select.tsx";
import { FilterText } from "../table/filter-text.tsx";

type Wanted = { attribute: string | undefined; value: string | undefined };
type Props = Wanted & { onChange: (wanted: Wanted, replace?: boolean) => void };

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** A custom attribute, and the value that it must have. Not there where none is defined. */
export const AttributeFilter = ({ attribute, value, onChange }: Props) => {
  const { data: attributes = [] } = useQuery({
    queryKey: ["/accounts/attributes"],
    queryFn: async ({ signal }) =>
      (await get<{ items: FilterAttribute[] }>("/accounts/attributes", { signal })).items,
  });
  if (attributes.length === 0) return null;
  const chosen = attributes.find(({ id }) => id === attribute);
  const change = (wanted: string | undefined, replace?: boolean) =>
    onChange({ attribute, value: wanted }, replace);
  return (
    <Group wrap="nowrap" gap="0.5rem">
      <FilterSelect
        label="Attribute"
        value={attribute}
        choices={attributes.map((one) => ({ value: one.id, label: labelOf(one, attributes) }))}
        onChange={(wanted) => onChange({ attribute: wanted, value: undefined })}
      />
      {chosen?.type === "boolean" && (
        <FilterSelect label={chosen.label} value={value} choices={yesOrNo} onChange={change} />
      )}
      {chosen !== undefined && chosen.type !== "boolean" && (
        <FilterText
          key={chosen.id}
          label={chosen.label}
          placeholder={`${chosen.label} is`}
          value={value}
          onChange={(wanted) => change(wanted, true)}
        />
      )}
    </Group>
  );
};

/** With its connection where another has an attribute of the same name. */
const labelOf = (
  { id, label, connection }: FilterAttribute,
  all: readonly FilterAttribute[],
): string =>
  all.some((other) => other.id !== id && other.label === label)
    ? `${label} (${connection.name})`
    : label;
