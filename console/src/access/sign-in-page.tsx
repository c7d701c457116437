import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { get } from "../api/client.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Door } from "./door.tsx";
import { useEnter } from "./enter.ts";

const route = getRouteApi("/sign-in");

export const SignInPage = () => {
  const { to } = route.useSearch();
  const enter = useEnter("/sign-in", to);
  const queries = useQueryClient();
  // Whoever comes here is nobody yet: what was read for somebody goes, now that no page shows it any more.
  useEffect(() => queries.removeQueries({ type: "inactive" }), [queries]);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: needed("Enter your e-mail address."),
      password: needed("Enter your password."),
    },
  });
  const setup = useQuery({
    queryKey: ["setup"],
    queryFn: ({ signal }) => get<{ needed: boolean }>("/setup", { signal }),
  });
  return (
    <Door title="Sign in" lead={to && "Sign in to go on where you were going."}>
      {setup.data?.needed ? (
        <Note tone="calm" title="Muster is not set up yet">
          Open the one-time link that Muster printed when it started. It makes the first
          administrator.
        </Note>
      ) : (
        <Form form={form} onSend={(values) => enter.mutate(values)}>
          <Stack gap="md">
            <ProblemNote error={enter.error} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              data-autofocus
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
              required
              withAsterisk={false}
              {...form.getInputProps("password")}
            />
            <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
              Sign in
            </Button>
          </Stack>
        </Form>
      )}
    </Door>
  );
};
