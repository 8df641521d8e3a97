# Webhooks

refused-webhook-off = This webhook is off. Turn it on first.
api-webhook-off = Turn the webhook on first: set enabled to true

activity-event-webhook-added = Webhook added
activity-event-webhook-changed = Webhook changed
activity-event-webhook-deleted = Webhook deleted
activity-event-webhook-secret-replaced = New secret for a webhook
activity-field-webhook = Webhook
activity-field-webhook-host = Host
activity-field-webhook-events = Events
activity-field-webhook-on = On
