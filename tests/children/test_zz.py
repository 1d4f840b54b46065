import pytest, time
from django.db import connection
@pytest.mark.django_db
def test_speed():
    with connection.cursor() as c:
        t=time.time()
        for k in range(60):
            c.execute("select app.learn(array(select 'ime'||(n*7919+%s)%%20000 || ' prezime'||n%%9000 from generate_series(%s,%s) n))",[k,k*1000,k*1000+999])
            if k%15==14: print(k, time.time()-t)
        c.execute("select count(*), count(distinct token) from children_lexicon"); print(c.fetchall())
