-- A handler hears what departments are told of the cases he sees
SELECT let_read('notice', $$post = @actor OR (EXISTS (SELECT FROM event e WHERE e.id = event_id)
	AND (@role IN ('R2', 'R3') AND @screen <> 'big' OR @role = 'R6' AND starts_with(post, 'R6:')))$$);
