import { Button, Group, SegmentedControl, Select, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { Asset, Custody } from "../api/contract.ts";
import { ChoiceInput } from "../assets/choice-input.tsx";
import { toSelectData, useStatuses } from "../assets/queries.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { showSuccess } from "../elements/toast.tsx";

type Outcome = NonNullable<Custody["outcome"]>;
type Values = { outcome: Outcome; statusId: string; locationId: string; note: string };
type Props = { asset: Asset; holder: string; onDone: () => void };

const outcomes: { value: Outcome; label: string }[] = [
  { value: "returned", label: "Returned" },
  { value: "written-off", label: "Written off" },
];

const startFrom = ({ status, location }: Asset): Values => ({
  outcome: "returned",
  statusId: status.id,
  locationId: location?.id ?? "",
  note: "",
});

export const CheckInForm = ({ asset, holder, onDone }: Props) => {
  const statuses = useStatuses(asset.tenant.id);
  const form = useForm({
    initialValues: startFrom(asset),
    validate: { statusId: needed("Choose what has become of it.") },
  });
  const checkIn = useMutation({
    mutationFn: ({ locationId, ...values }: Values) =>
      call<Asset>("POST", `/assets/${asset.id}/check-in`, {
        body: { ...values, locationId: locationId || null },
      }),
    meta: { shownInForm: true },
    onSuccess: (_, { outcome }) => {
      showSuccess(
        outcome === "returned"
          ? `Returned by ${holder}.`
          : `Written off: ${holder} no longer has to return it.`,
      );
      onDone();
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  const isLost = form.values.outcome === "written-off";
  const changeOutcome = (outcome: Outcome) => {
    const mustChange = outcome === "written-off" && asset.status.kind === "deployable";
    form.setValues({ outcome, statusId: mustChange ? "" : asset.status.id });
  };
  return (
    <Form form={form} onSend={(values) => checkIn.mutate(values)}>
      <Stack>
        <ProblemNote error={checkIn.error} />
        <div>
          <SegmentedControl
            aria-label="Outcome"
            data={outcomes}
            value={form.values.outcome}
            onChange={changeOutcome}
            fullWidth
          />
          <Text c="dimmed" size="sm" mt={6}>
            {isLost
              ? `It will not come back from ${holder}: lost, stolen or beyond repair.`
              : `${holder} has given it back.`}
          </Text>
        </div>
        <Select
          label="Status"
          required
          placeholder="What has become of it"
          data={toSelectData(statuses.filter(({ kind }) => !isLost || kind !== "deployable"))}
          {...form.getInputProps("statusId")}
          value={form.values.statusId || null}
        />
        {!isLost && (
          <ChoiceInput
            label="Location"
            list="locations"
            tenantId={asset.tenant.id}
            {...form.getInputProps("locationId")}
          />
        )}
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          {...form.getInputProps("note")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={checkIn.isPending} {...(isLost && { color: "red" })}>
            {isLost ? "Write off" : "Check in"}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
