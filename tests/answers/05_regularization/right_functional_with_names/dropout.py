dropout = train(with_head("dropped", rate=0.5))
