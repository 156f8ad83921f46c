"""`python -m veracity_bench` is `veracity-bench`."""

from veracity_bench.cli import main

if __name__ == "__main__":
    main()
