Console.Error.WriteLine("clusteremu: no command yet.");
return 2;
