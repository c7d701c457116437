import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { fieldErrors } from "../api/api-error.ts";
import { get } from "../api/client.ts";
import type { SignInLinkState } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { Form } from "../elements/form.tsx";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Door } from "./door.tsx";
import { useEnter } from "./enter.ts";
import { NewPassword } from "./new-password.tsx";
import { isGoodPassword } from "./password-rules.ts";
import { ButtonLink } from "../elements/button-link.tsx";

const route = getRouteApi("/welcome/$token");

/** Where a sign-in link leads: to choosing a password. */
export const WelcomePage = () => {
  const { token } = route.useParams();
  const link = useQuery({
    queryKey: ["sign-in-link", token],
    queryFn: ({ signal }) =>
      get<SignInLinkState>(`/sign-in-links/${encodeURIComponent(token)}`, { signal }),
    staleTime: Infinity,
  });
  if (link.isPending) return <Door title="Welcome" children={<PageSkeleton />} />;
  if (link.error)
    return (
      <Door title="Welcome">
        <ProblemNote error={link.error} onRetry={link.refetch} />
      </Door>
    );
  const { valid, name, email = "", organisation } = link.data;
  if (!valid)
    return (
      <Door title="This link is used up">
        <Stack>
          <Note tone="warn" title="Links work once, and for three days">
            Ask your administrator for a new one, or sign in if you have chosen a password already.
          </Note>
          <ButtonLink to="/sign-in" fullWidth>
            Sign in
          </ButtonLink>
        </Stack>
      </Door>
    );
  return (
    <Door
      title={name ? `Welcome, ${name}` : "Welcome"}
      lead={`Choose a password to sign in to ${organisation ?? "Muster"}.`}
    >
      <PasswordForm token={token} email={email} />
    </Door>
  );
};

const PasswordForm = ({ token, email }: { token: string; email: string }) => {
  const enter = useEnter(`/sign-in-links/${encodeURIComponent(token)}`);
  const form = useForm({
    initialValues: { password: "" },
    validate: {
      password: (password) =>
        isGoodPassword(password, email) ? null : "Choose one that keeps the rules below.",
    },
  });
  return (
    <Form
      form={form}
      onSend={(values) =>
        enter.mutate(values, { onError: (error) => form.setErrors(fieldErrors(error, values)) })
      }
    >
      <Stack gap="md">
        <ProblemNote error={enter.error} />
        <TextInput label="E-mail" type="email" autoComplete="username" value={email} readOnly />
        <NewPassword label="Password" email={email} {...form.getInputProps("password")} />
        <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
          Save and sign in
        </Button>
      </Stack>
    </Form>
  );
};
