import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { giveableChoices, useRoles } from "../access/roles.ts";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { Account } from "../api/contract.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { showSuccess } from "../elements/toast.tsx";

/** For people whom no directory brings. */
export const AddPerson = () => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={dialog.open}>
        Add a person
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="Add a person">
        <PersonForm onCancel={dialog.close} />
      </Modal>
    </>
  );
};

const PersonForm = ({ onCancel }: { onCancel: () => void }) => {
  const roles = useRoles();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const form = useForm({
    initialValues: { name: "", email: "", roleId: "", employeeNumber: "" },
    validate: {
      name: needed("Enter a name."),
      email: needed("Enter an e-mail address."),
      roleId: needed("Choose an access role."),
    },
  });
  const add = useMutation({
    mutationFn: ({ employeeNumber, ...rest }: typeof form.values) => {
      const number = employeeNumber.trim();
      return call<Account>("POST", "/accounts", {
        body: { ...rest, ...(number && { employeeNumber: number }) },
      });
    },
    meta: { shownInForm: true },
    onMutate: () => isHere,
    onSuccess: ({ id, name }, _values, isStillHere) => {
      showSuccess(`${name} is added.`);
      if (isStillHere()) void navigate({ to: "/accounts/$id", params: { id } });
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  return (
    <Form form={form} onSend={(values) => add.mutate(values)}>
      <Stack>
        <ProblemNote error={add.error} />
        <TextInput label="Name" required data-autofocus {...form.getInputProps("name")} />
        <TextInput label="E-mail" type="email" required {...form.getInputProps("email")} />
        <TextInput
          label="Employee number"
          description="Recognises them when your directory sends them later."
          maxLength={100}
          {...form.getInputProps("employeeNumber")}
        />
        <Select
          label="Access role"
          required
          data={giveableChoices(roles)}
          description={roles.find(({ id }) => id === form.values.roleId)?.description}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("roleId")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
