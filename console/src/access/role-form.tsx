import { Button, Group, Stack, TextInput, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { PermissionNoun, Role, RoleDetail } from "../api/contract.ts";
import { useSession } from "../app-shell/session.ts";
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
  const start = {
    name: role?.name ?? (original ? `Copy of ${original.name}` : ""),
    description: role?.description ?? original?.description ?? "",
    chosen: new Set(
      role?.permissions ?? original?.permissions.filter((permission) => own.has(permission)) ?? [],
    ),
    scope: role?.scope ?? original?.scope ?? unlimited,
  };
  const [draft, setDraft] = useState(start);
  const isSaved = useRef(false);
  const isChanged =
    draft.name !== start.name ||
    draft.description !== start.description ||
    !isSame(draft.chosen, start.chosen) ||
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
    onSuccess: (saved) => {
      if (role !== undefined) return;
      isSaved.current = true;
      void navigate({ to: "/settings/access-roles/$id", params: { id: saved.id } });
    },
  });
  const { name, description, chosen, scope } = draft;
  const errors = fieldErrors(save.error, { name, description });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ name, description, permissions: [...chosen], scope });
      }}
    >
      <Stack gap="md">
        <ProblemNote error={save.error} />
        {!isReadOnly && (
          <Section title="What it is called">
            <Stack gap="sm" maw="32rem">
              <TextInput
                label="Name"
                required
                maxLength={100}
                value={name}
                error={errors["name"]}
                onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
              />
              <Textarea
                label="Description"
                description="What it is for, for whoever gives it."
                autosize
                maxLength={500}
                value={description}
                onChange={({ currentTarget }) =>
                  setDraft({ ...draft, description: currentTarget.value })
                }
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
            chosen={chosen}
            allowed={own}
            isReadOnly={isReadOnly}
            onChange={(next) => setDraft({ ...draft, chosen: next })}
          />
        </Section>
        {(role === undefined || role.key === null) && (
          <Section title="Where" lead="Empty, it holds everywhere.">
            <RoleLimits
              scope={scope}
              places={(role ?? original)?.places ?? []}
              isReadOnly={isReadOnly}
              onChange={(next) => setDraft({ ...draft, scope: next })}
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
              <Button variant="subtle" onClick={() => setDraft(start)}>
                Discard
              </Button>
            )}
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
              {role === undefined ? "Make access role" : "Save"}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
};
