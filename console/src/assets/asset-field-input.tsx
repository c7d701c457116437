import { NumberInput, Textarea, TextInput } from "@mantine/core";
import type { AssetField } from "../api/contract.ts";
import { ChoiceInput } from "./choice-input.tsx";

type Props = {
  field: AssetField;
  isNew: boolean;
  tenantId?: string | undefined;
  value?: string;
  error?: string;
  onChange?: (value: unknown) => void;
};

/** The input that suits the field's type. */
export const AssetFieldInput = ({ field, isNew, tenantId, ...input }: Props) => {
  const { key, label, type, required, options } = field;
  const common = { label, required, ...input };
  if (type === "select" && options)
    return (
      <ChoiceInput
        {...common}
        list={options}
        tenantId={tenantId}
        placeholder={hintFor(key, isNew)}
      />
    );
  if (type === "textarea") return <Textarea {...common} autosize minRows={3} />;
  if (type === "number")
    return (
      <NumberInput
        {...common}
        min={0}
        decimalScale={2}
        hideControls
        onChange={(value) => input.onChange?.(String(value))}
      />
    );
  return (
    <TextInput
      {...common}
      type={type === "date" ? "date" : "text"}
      placeholder={hintFor(key, isNew)}
    />
  );
};

/** What the register fills in by itself when an asset is registered. */
const hintFor = (key: string, isNew: boolean): string =>
  !isNew
    ? ""
    : key === "tag"
      ? "The next free number"
      : key === "statusId"
        ? "Ready to deploy"
        : "";
