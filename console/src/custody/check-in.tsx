import { Button, Modal, Skeleton, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { Custody } from "../api/contract.ts";
import { callAsset } from "../assets/call-asset.ts";
import { assetQuery } from "../assets/queries.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { CheckInForm } from "./check-in-form.tsx";

type Props = {
  asset: Pick<Custody["asset"], "id" | "tag" | "name">;
  holder: string;
  size?: NonNullable<ButtonProps["size"]>;
};

/** Takes an item back from whoever holds it, or writes it off. */
export const CheckIn = ({ asset, holder, size = "sm" }: Props) => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size={size}
        aria-label={`Check in ${callAsset(asset)}`}
        onClick={dialog.open}
      >
        Check in
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Check in ${callAsset(asset)}`}>
        <Loaded assetId={asset.id} holder={holder} onDone={dialog.close} />
      </Modal>
    </>
  );
};

type Loading = { assetId: string; holder: string; onDone: () => void };

/** The form starts with where and how the asset is, which a list of items does not say. */
const Loaded = ({ assetId, holder, onDone }: Loading) => {
  const asset = useQuery(assetQuery(assetId));
  if (asset.isPending) return <Skeleton height={220} aria-busy="true" aria-label="Loading" />;
  if (asset.error) return <ProblemNote error={asset.error} onRetry={asset.refetch} />;
  return <CheckInForm asset={asset.data} holder={holder} onDone={onDone} />;
};
