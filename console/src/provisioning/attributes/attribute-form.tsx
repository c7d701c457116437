import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../../api/api-error.ts";
import { call } from "../../api/client.ts";
import type { ConnectionAttribute } from "../../api/contract.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";

export type AttributeValues = Omit<ConnectionAttribute, "id" | "shownAs"> & { shownAs: string };

const types = [
  { value: "string", label: "Text (string)" },
  { value: "boolean", label: "Yes or no (boolean)" },
  { value: "integer", label: "Whole number (integer)" },
  { value: "decimal", label: "Number (decimal)" },
  { value: "dateTime", label: "Date and time (dateTime)" },
  { value: "reference", label: "Address of a page (reference)" },
];

type Props = {
  connectionId: string;
  /** Of the definition that is changed. */
  id?: string | undefined;
  initial: AttributeValues;
  onDone: () => void;
};

/** Why the address of an attribute cannot be edited. */
const stays = "It stays, because what people have is kept under it. Define another one instead.";

export const AttributeForm = ({ connectionId, id, initial, onDone }: Props) => {
  const { urn, name, type, multiValued, caseExact, description, shownAs } = initial;
  const form = useForm({
    initialValues: { urn, name, type, multiValued, caseExact, description, shownAs },
    validate: {
      urn: needed("Enter the URN of the extension."),
      name: needed("Enter the name of the attribute."),
    },
  });
  const path = `/connections/${connectionId}/attributes`;
  const save = useMutation({
    mutationFn: ({ urn: own, name: called, ...rest }: typeof form.values) => {
      const body = { ...rest, shownAs: rest.shownAs.trim() === "" ? null : rest.shownAs.trim() };
      return id === undefined
        ? call("POST", path, { body: { ...body, urn: own.trim(), name: called.trim() } })
        : call("PATCH", `${path}/${id}`, { body });
    },
    meta: { shownInForm: true },
    onSuccess: onDone,
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  const isNew = id === undefined;
  return (
    <Form form={form} onSend={(values) => save.mutate(values)}>
      <Stack>
        <ProblemNote error={save.error} />
        <TextInput
          label="Extension URN"
          description={
            isNew ? "As in Entra's attribute list, without the attribute's name." : stays
          }
          required
          disabled={!isNew}
          maxLength={250}
          {...form.getInputProps("urn")}
        />
        <TextInput
          label="Name"
          description={isNew ? "Behind the URN, such as badge." : stays}
          required
          disabled={!isNew}
          maxLength={100}
          {...form.getInputProps("name")}
        />
        <Select
          label="Type"
          description="Values that do not fit are refused. Numbers and booleans sent as text are read."
          data={types}
          allowDeselect={false}
          {...form.getInputProps("type")}
        />
        <Checkbox
          label="A person may have several values"
          {...form.getInputProps("multiValued", { type: "checkbox" })}
        />
        <Checkbox
          label="Upper and lower case differ"
          {...form.getInputProps("caseExact", { type: "checkbox" })}
        />
        <TextInput
          label="Shown as"
          description="What the Sub Account's page calls it. Empty: it is not shown by itself."
          maxLength={60}
          {...form.getInputProps("shownAs")}
        />
        <Textarea label="Description" maxLength={500} {...form.getInputProps("description")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {isNew ? "Define" : "Save"}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
