-- Written by hand: the status says now that a closed case waits for nobody, so that a reopened case
-- waits for the same party as before.
UPDATE `reports` SET `waits_for` = 'us' WHERE `waits_for` = 'nobody';
