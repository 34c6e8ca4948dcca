"""The coach: what a beginner may be asked, told and shown, and never more than was wanted.

Rules
1. It reads what the team can see, and nothing else: no hint gives away what it really is or what comes.
2. Help comes in rungs: a question, a pointer with the rule it follows from, a pattern to fill in, and a model text,
   which is shown only after a try.
3. Everything here is a function of the desk, the plan, the scenario's models and a reading. The words and the numbers
   are in hints.yaml and frames.yaml.
"""
