# Webhooks

refused-webhook-off = Deze webhook staat uit. Zet hem eerst aan.
api-webhook-off = Zet de webhook eerst aan: maak enabled true

activity-event-webhook-added = Webhook toegevoegd
activity-event-webhook-changed = Webhook gewijzigd
activity-event-webhook-deleted = Webhook verwijderd
activity-event-webhook-secret-replaced = Nieuw geheim voor een webhook
activity-field-webhook = Webhook
activity-field-webhook-host = Host
activity-field-webhook-events = Gebeurtenissen
activity-field-webhook-on = Aan
