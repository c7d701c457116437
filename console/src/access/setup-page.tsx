import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { fieldErrors } from "../api/api-error.ts";
import { get } from "../api/client.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Door } from "./door.tsx";
import { useEnter } from "./enter.ts";
import { NewPassword } from "./new-password.tsx";
import { isGoodPassword } from "./password-rules.ts";
import { ButtonLink } from "../elements/button-link.tsx";

const route = getRouteApi("/setup");

export const SetupPage = () => {
  const { token = "" } = route.useSearch();
  const setup = useQuery({
    queryKey: ["setup", token],
    queryFn: ({ signal }) =>
      get<{ needed: boolean; valid: boolean }>("/setup", { query: { token }, signal }),
  });
  if (setup.isPending) return <Door title="Set up Muster" children={<PageSkeleton />} />;
  return (
    <Door
      title="Set up Muster"
      lead={
        setup.data?.valid && "Name your organisation and make yourself its first administrator."
      }
    >
      {setup.error ? (
        <ProblemNote error={setup.error} onRetry={setup.refetch} />
      ) : setup.data?.valid ? (
        <SetupForm token={token} />
      ) : (
        <CannotSetUp isDone={!setup.data.needed} />
      )}
    </Door>
  );
};

const CannotSetUp = ({ isDone }: { isDone: boolean }) =>
  isDone ? (
    <Stack>
      <Note tone="ok" title="Muster is set up already">
        Somebody has used this link before.
      </Note>
      <ButtonLink to="/sign-in" fullWidth>
        Sign in
      </ButtonLink>
    </Stack>
  ) : (
    <Note tone="warn" title="This link is not the right one">
      Open the whole link that Muster printed when it started. A restart prints it again.
    </Note>
  );

const SetupForm = ({ token }: { token: string }) => {
  const enter = useEnter("/setup");
  const form = useForm({
    initialValues: { organisation: "", name: "", email: "", password: "" },
    validate: {
      organisation: needed("Name your organisation."),
      name: needed("Enter your name."),
      email: needed("Enter your e-mail address."),
      password: (password, { email }) =>
        isGoodPassword(password, email) ? null : "Choose one that keeps the rules below.",
    },
  });
  return (
    <Form
      form={form}
      onSend={(values) =>
        enter.mutate(
          { token, ...values },
          { onError: (error) => form.setErrors(fieldErrors(error, values)) },
        )
      }
    >
      <Stack gap="md">
        <ProblemNote error={enter.error} />
        <TextInput
          label="Organisation name"
          placeholder="Contoso"
          autoComplete="organization"
          required
          {...form.getInputProps("organisation")}
        />
        <TextInput label="Your name" autoComplete="name" required {...form.getInputProps("name")} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps("email")}
        />
        <NewPassword
          label="Password"
          email={form.values.email}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
          Set up Muster
        </Button>
      </Stack>
    </Form>
  );
};
