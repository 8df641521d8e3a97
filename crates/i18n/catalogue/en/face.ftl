# What others see of an agent.

save-contact = Save contact
