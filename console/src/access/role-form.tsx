import { Button, Group, Stack, TextInput, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { PermissionNoun, Role, RoleDetail } from "../api/contract.ts";
import { useSession } from "../app-shell/session.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { isSame } from "./matrix.ts";
import { PermissionMatrix } from "./permission-matrix.tsx";
import classes from "./role-form.module.css";
import { RoleLimits } from "./role-limits.tsx";

type Props = {
  /** The one to change; a new one without it. */
  role?: RoleDetail;
  /** The one to start from. */
  original?: RoleDetail;
  nouns: readonly PermissionNoun[];
  isReadOnly: boolean;
};

type Draft = { name: string; description: string; permissions: string[]; scope: Role["scope"] };

const unlimited: Role["scope"] = { tenantIds: null, locationIds: null, categoryIds: null };

/** Name, description and matrix of an access role. */
export const RoleForm = ({ role, original, nouns, isReadOnly }: Props) => {
  const own = new Set(useSession().permissions);
  const navigate = useNavigate();
  const isHere = useIsHere();
  const start: Draft = {
    name: role?.name ?? (original ? `Copy of ${original.name}` : ""),
    description: role?.description ?? original?.description ?? "",
    permissions:
      role?.permissions ?? original?.permissions.filter((permission) => own.has(permission)) ?? [],
    scope: role?.scope ?? original?.scope ?? unlimited,
  };
  const form = useForm({ initialValues: start, validate: { name: needed("Enter a name.") } });
  const draft = form.values;
  const isSaved = useRef(false);
  const isChanged =
    draft.name !== start.name ||
    draft.description !== start.description ||
    !isSame(new Set(draft.permissions), new Set(start.permissions)) ||
    JSON.stringify(draft.scope) !== JSON.stringify(start.scope);
  useBlocker({
    shouldBlockFn: () =>
      isChanged && !isSaved.current && !window.confirm("Leave without saving the access role?"),
    enableBeforeUnload: () => isChanged && !isSaved.current,
  });
  const save = useMutation({
    mutationFn: (body: Draft) =>
      role === undefined
        ? call<RoleDetail>("POST", "/roles", { body })
        : call<RoleDetail>("PUT", `/roles/${role.id}`, { body }),
    meta: {
      shownInForm: true,
      done:
        role === undefined
          ? "The access role is made."
          : "Saved. It holds at once for all who have it.",
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
    onMutate: () => isHere,
    onSuccess: (saved, _draft, isStillHere) => {
      if (role !== undefined) return;
      isSaved.current = true;
      if (isStillHere())
        void navigate({ to: "/settings/access-roles/$id", params: { id: saved.id } });
    },
  });
  return (
    <Form form={form} onSend={(values) => save.mutate(values)}>
      <Stack gap="md">
        <ProblemNote error={save.error} />
        {!isReadOnly && (
          <Section title="What it is called">
            <Stack gap="sm" maw="32rem">
              <TextInput label="Name" required maxLength={100} {...form.getInputProps("name")} />
              <Textarea
                label="Description"
                description="What it is for, for whoever gives it."
                autosize
                maxLength={500}
                {...form.getInputProps("description")}
              />
            </Stack>
          </Section>
        )}
        <Section
          title="What it may do"
          lead={
            isReadOnly
              ? undefined
              : "Seeing comes with doing. What you may not do yourself, you cannot give."
          }
          isFlush
        >
          <PermissionMatrix
            nouns={nouns}
            chosen={new Set(draft.permissions)}
            allowed={own}
            isReadOnly={isReadOnly}
            onChange={(next) => form.setFieldValue("permissions", [...next])}
          />
        </Section>
        {(role === undefined || role.key === null) && (
          <Section title="Where" lead="Empty, it holds everywhere.">
            <RoleLimits
              scope={draft.scope}
              places={(role ?? original)?.places ?? []}
              isReadOnly={isReadOnly}
              onChange={(next) => form.setFieldValue("scope", next)}
            />
          </Section>
        )}
        {!isReadOnly && (isChanged || role === undefined) && (
          <Group className={classes["bar"] ?? ""} role="region" aria-label="Unsaved changes">
            <span className={classes["text"]}>
              {role && role.usage.accounts > 0
                ? `Holds at once for ${role.usage.accounts.toLocaleString()} ${role.usage.accounts === 1 ? "person" : "people"}.`
                : "Nobody has it yet."}
            </span>
            {role !== undefined && (
              <Button variant="subtle" onClick={() => form.setValues(start)}>
                Discard
              </Button>
            )}
            <Button type="submit" loading={save.isPending}>
              {role === undefined ? "Make access role" : "Save"}
            </Button>
          </Group>
        )}
      </Stack>
    </Form>
  );
};
