import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { UseMutationResult } from "@tanstack/react-query";
import { fieldErrors } from "../api/api-error.ts";
import type { Asset, AssetField } from "../api/contract.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { AssetFieldInput } from "./asset-field-input.tsx";
import { editField } from "./field-value.tsx";
import { changedValues, type FormValues } from "./form-values.ts";
import { useAssetFields } from "./queries.ts";

type Props = {
  /** Whom to edit; none registers a new one. */
  asset?: Asset;
  deed: string;
  saving: UseMutationResult<Asset, Error, object>;
  onCancel: () => void;
};

/** One input for each field that the register declares. */
export const AssetForm = (props: Props) => {
  const fields = useAssetFields();
  return fields ? <Fields {...props} fields={fields} /> : <Skeleton height={400} />;
};

const Fields = ({
  asset,
  deed,
  saving,
  onCancel,
  fields,
}: Props & { fields: readonly AssetField[] }) => {
  const before: FormValues = Object.fromEntries(
    fields.map((field) => [field.key, asset ? editField(asset, field) : ""]),
  );
  const form = useForm({
    initialValues: before,
    validate: Object.fromEntries(
      fields
        .filter(({ required }) => required)
        .map(({ key, label }) => [key, needed(`Say the ${label.toLowerCase()}.`)]),
    ),
  });
  return (
    <Form
      form={form}
      onSend={(values) =>
        saving.mutate(changedValues(fields, before, values), {
          onError: (error) => form.setErrors(fieldErrors(error, values)),
        })
      }
    >
      <Stack>
        <ProblemNote error={saving.error} />
        {fields.map((field) => (
          <AssetFieldInput
            key={field.key}
            field={field}
            isNew={asset === undefined}
            tenantId={asset?.tenant.id}
            {...form.getInputProps(field.key)}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {deed}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
