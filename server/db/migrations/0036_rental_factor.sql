-- Which cases each factor of the rental rating counts, and over how many months, where the list is older than the columns
UPDATE term SET attrs = attrs || CASE code
	WHEN 'fire_hazard' THEN '{"categories": "01"}'::jsonb
	WHEN 'power_gas' THEN '{"categories": "0107 0109 0205 05"}'::jsonb
	WHEN 'security' THEN '{"categories": "13", "months": "12"}'::jsonb
	WHEN 'owner_duty' THEN '{"categories": "0409", "months": "12"}'::jsonb
	ELSE '{"categories": "04"}'::jsonb END
WHERE list = 'rental-rating-factor' AND NOT attrs ? 'categories'
	AND code IN ('fire_hazard', 'power_gas', 'security', 'owner_duty', 'structure');
