// Written by Tests/Encodings/count-pairs.

extension LetterPairs {
    /// By language: the letters, the end of a word first, and a level for each pair of them.
    static let tables: [String: (letters: String, levels: String)] = [
        "German": (
            " abcdefghijklmnopqrstuvwxyzßäöü",
            #"""
            L;AO8<@DK?]@GD=GF`H<GBA@fjCvZbRHV=DHKTEJNuC8A4]Pu9>68^bV^aioqg@=S[W)WKR=I^AQKH]yCGDDa]mMZwlqcHJ^YXF`[&Mv=M^PCcuOTMRfdsddwoqg76W^T+[VZ6s`PXLL
            XyGNQC__qecwfq_5QKQNINKH8vOBJ2ZWl2>CO_XQmXeehg9=Z]U1@MY<vaF^H;ayAGBAf^keVwUg46@S[W+^OX@vUEYEU[x>BACecro`w_qA8<W^W3ZXZAw]6Q@H_y;I2RbYsf[wKU`C
            NK7O4L>SSwOEC3@TrF::YMd]qSmnqgI;]^V&`[[M^^Y`O?`ySFSK^esadwofN=4V[U2_IYGw[DYH4VtJH5E_[siOwmFT9=LTF1RFZ8w[8XJEWqS@8F^[na[wNMG29F]Q2ZOZ6wZS<ODC
            xSJJCaUon_wSKP-DOT;:L;U<vKTY?O^vSE<FYVqhJw`^ZDTCG<KNHMOhJ<?/R>y4EENXQ_oMWoqg;3[XS6@QMBwSA[P=Ch5J:D^an]dw`qe9W`^YJ`R[Qwb6`O^T]QTI'fesqdwoqg1@
            IM<6KGK@vMLIDFWyL?;BQFr]HwQUL2IW9O6RHM;wSSUNGDaQ=3HTPqLUw[pf.?ZTT0PUL8v]RZNJ[uDEFGbUnOBwXlP>LGCV@;EXPtZG</ZIy:7?Wd_cqZSoqgBB^^V*^[[=wbY^O.^y
            SSSZccoodwolgI9`]W*`ZV3waW_MAdyPQS>fekqcwDVP0BQLQ>GWY0wUYUOUAiRQ2QfaULUwoqg4RWRUI`T[NoTP7;S0yK59Y``id]woqgCBZ^U,^[X=w_N]POawST;0`CsbWwZXb6WM
            ^Y'`S[@wRH`P^dyPOGYfesqSwoqgLW^EILO?7Owb:]-^cZ7H9DeesqWKoqgLW`AXL87DRwbWV4^Ly?4;[fesqd6oqgJW8>YKC@>Swa5NH]My/8>[fesqdtoqg
            """#
        ),
        "French": (
            " abcdefghijklmnopqrstuvwxyzàâçèéêîôù",
            #"""
            J=M>5=EOUAZi7F@F;RC=DCHe`edMx{qJTyy}6TG@JMJCe>Wd;I7VGP:;8=FpV^rq|jr_sUy}D9cWXC`be;Ap,YS8Zk9FG@azh^dqx|jXszv}=<eLX7ce3AsSD]T2YiAQ7Bdykiup||XN
            nzX}7<cYV*cdf=mmU[T@XkEQT<aqj]uq||[<syy}+OaCVMVScQmsIE:VSZ96C@ZrInSq|mr_szy}>;gYUA8de+sxF]T7XkIHQGdxheuq||cCszy}A>bVU/aQX8rxEL5KSk:MO9cnmldq
            y|X?rzy}B4eYW/cec/tqUPS;[kKRPQdum]uqt|LCsqR}AHE=E;DDfStu>A87OE?9<WGuWpeq|zXPszy}HB]WW-cfaPinWZT-[kSIT=azmpm9||r_szy}09NLQ2S>K<txSRNDAdHACG^U
            m^uq||rHsiy}74dWV-`^f5tv@^T@YfTLKFcrfXrlo|UGsyv}>5?XW0bef;roV=R<6kTKTHayjouq||NATzv}1EdA>8KMfBplV^A>YVP:4GJskfuq|ioF]zy}ETJDCMWOc?jlD<.SAa9A
            F5]_gWtq||q_sfyeB1eSW7c_MGtb=^T3?h8LADbvlduq||jBfzZ}GUgZXMccfStxN_TVZgSTR$ezmnuq||r_szy}0<ZIM1]Kf>siUGJ?V^B@@MPslftqyjU=_zX}+AfOX9_bW<slTZSB
            HVT=9AcpmLtq||jGszy}0=fVV5baP2tiV[TCYk9DDGesjLsqa|PDkyi}6LSES8X[bBbpCG9VCg2?7WEzKkpq||qM[zy}F1dYX+bef;txV[T:YkBSTMdwhluq||a?pzv}46[QH6cPI5tZ
            OND9Pk=;PWezRpuq||rZszy}.DXGW9Xbc5pnWXTU:fSS6Tcl]^fq||m;szy}8C`PW<cZeQtnD3:U0kM5PWekijmql|rGszy}&LYZPFYf^FthM[T<[dPLTVXz[UWq||r=szy}$UgZWMcf
            fTtxW_TV[kTTTWezmpuq||r_szy}JUg%XMc<fTtxJKPV[kTTMWezmpuq||r_szy}J,gZXMcffTtxW_T2[kTTT/ezmpuq||r_szy}JUgKKMcCfTtx>5JV[B/54WVzmpuq||r_szy}4HN7
            G5>JfPRxCBIS?U8>=UMwmpuq||rTszy}JUgJXMcffTtxV<TV[kTT%Wezmpuq||r_szy}FUgEXMcffTtxP_'V[kTT1Wezmpuq||r_szy}JUgZXMcffStx,[4V[kTT-Wezmpuq||r_szy}
            $UgZXMcffTtxW_TV[kTTTWezmpuq||r_szy}
            """#
        ),
        "Spanish": (
            " abcdefghijklmnopqrstuvwxyzáéíñóú",
            #"""
            K=L<66EPNDdi=E>D<OB;DCIb`Rjaq_wae.PE=:N^RfSQh;D?RNW5=EPNrcRUlwhTgiE8aQT9cci5Ct4PS;Vn6JFCbyjIedpawOMH5cAU<eg=1pSE^T2[mCT=BfvpoqfkVwPsC8`WU*d]
            i;ioURT2[lQSXK_lmlqlk]wdr/GO?EKOKiSUq:H7OPX87FTRqKh[lwl^ftC7dVS;Jci,oxD]S8WnDLK9evoeqfwTwdt?8_TS8bUY4oxFGA9Rm8MR3doolbhahw^J=0bTT0dgd1poVWS<
            ]nRSODetpcqhQjwd_E?G9;>FFjTXtFC7<HWA>?[BscpIfdqv9tG6aVV*fghPpqW^T1]nSLX:cyppmlwqw^t/?GLP2LCO>pxTROA?nL;CE^Vp^qlwqwgt01aSR9aXj8pvCQT8ZaSPFHVt
            `hmagJwOcE39VV4dfi5ppVLI89nTQWDbvknqER[uQT/;b@>;LLiB`hPXS5[jSD6MLuoi[`glw_O+PIFGNYSgPekD@8QEY89JWZcfjmlwpwgtE2bBT6e_cEpd=]T4Ui7MI6bqmbqToawa
            `DQdWVNfcjTpxK^SR[kSUU$fyppqlwqwgt23YDI3^Mj<hjSDL9UZCHEIQsmedMmXwTs.?[DQ4`cS:plSUS?AVTS6DbnodplvRwTr?3cTT2c`[6phUWT5Yn6OUCe_kboE^awVmD>DDA1V
            RjAUpBA3OFm><?Y[yaU^eT`wftF2aWV1efj6pxV[T2]nRTWNdtikq9XQwbt81[SJ:fSI1p]SOE9Xn@>X]fyWpecwqwgt4?X@UDXae0mjWUSP5hST2UfhYMelwqwgt(9_SU>f[jRpmTSK
            CLnPI;Dfjjjflqqw[J8'^CRFfgjKpxQZTA^FRSXTfyp_aPwqwGt0Q]AUNMCjTpx1=:RTP@:ENfyDpqlwqwgt5JPMRNW_jTpxN[6RLn6/4]WyLp]lwqwgtB5[HEMGLjTixT2.AZeSAA]e
            yLpOlwqwgtJ,dWVMfgjTpxW^T)^nTUX]fyppqfwgwgt8QdW@NdVjTpx@U&R[mIRW]fyfpqlwqwgt?FFJVMEgjTpx7.3RYnN5K]fypjjlwqwgt
            """#
        ),
        "Portuguese": (
            " abcdefghijklmnopqrstuvwxyzàáâãçéêíóôõú",
            #"""
            K:L=6;APSAYeFC>><NE<CDI^]obd`vdhNv^r|sa/PKF9PYNfHad<C?GIf6=CQLo`jT{l{dCpvSs|st@5^TS8`_d7Gs=SU9Sk7BA=`wmC^{^{dhNvZI|tiG2cTU=cg=8rQFXV/Zk@S@Ab
            tmtp{bvdM_T_S{suF4eZT,bXf<liYXW0XiJRWL^hkop{`{dho]br{tu/JZ@KNJLfCYn@=:ONW86EVMiFq[{k{dPpvmq|taD6hXQ<Jdf,svHXV1[kKQLDbtfcp{kvchpv[iytu>8^UQ3^
            RU9pvIO@<Uk7JN3`jko^{dwdh^]Xk|tuB/eYT0cgcEtqZVW1XkPSOAbnmdp{J{chpvcs|t_B>L9<KFEfTqqC=5>IV<<?Y@tOwF{Uy_Lpsms{qhJ,`WU4cgdMtl]YV?]kRSX3[wmwi{9{
            dhpvms|tu.=NJP4TAM<tvWRUKFbL:ADWTmZp{l{dhpvms|tu47bTR:XU=1tpNMV6YYSN?ENlahj{cvbc`VYd{rq03EYU3cgf?toZVU9:kTQWJarltp{Nz_hUhTTntZE:d@;=HM>?[WXY
            V9Y_SA3JEtknh{Z`:NbhPentK*OMEFPYSgJmiI>>OHa:9JFObato{l{depvmr|tuE0fTT7bbcEt_@YW1Tk6NKM^slcp{RxcCkvlSZbaHPhZVPcggTtvVYWP[jSUT$bwmwp{l{dhpvms|
            tu23bQL5ZLg:rhXDK9VGBIELOplin{NcN^aZc]yft.?dDU7]_UAteUQV?BTT<8DWklcn{VxFhiuDY|^uA3gUS1abX7taXVW6Xk8PSBb`g]o{HcQhR]VLxbl9<LQJ:PXg9bmA4@OAj<;<
            ][wTwU{PycNmXWs|tuG4cZV,cfg8tv[XW3YkITW[bvkup{=x`hWgQs|tu82hSG;cOH.tXCU@>WkFAT]bwSwa{l{dhpvms|tu7:T?T6V`e4tg]WV;:kST4SbrZJb{f{Phpvfs|[u.J]PU
            McXgPtvDBBI;kGA.V]X[__{l{dhfvms|tu4*^ZP5cgg9tvUWWB]kRRXSbwmZ]{RmVhibbs|bu%PhZVPcggUtv]YWP]HT9X]bwmwp{l{dhpvms|tu0P_FTPLAgTtv2YWPVH2IKJ;wCwp{
            l{dhpvms|tuKPhZVPcggUtv](.N]kTUX]bwmwp{l{dhpvms|tuHPhZVOcggTtv]YW$[kTTX]bwmwp{l{dhpvms|tuK9hZVPcggUtv]YW:]kTTX]bwmwp{ew(hpvms|5u'PhTMPcLgRtv
            H7OPWk@F@[Zwmwp{l{dhpvms|tu1PhZVPcggJtv]=+P]kT4X]bwmwp{l{dhpvms|tuIPc<4PKHgUtvM;=MWjHGE]+wmwe{l{d_pvms|tu7PcZ7PbHgQtv;VIP@k-8@]_wJwp{l{dhpvm
            s|tuKPhZ(PcggUtv]K0P]k?JX]bwmwp{l{dhpvms|tuJPhZV$cggUtv]YWP]kTUX]bwmwp{l{dhpvms|tuKPFM9PcggUtv4+:PYkP?F]Zwmwp{l{dhpvms|tu
            """#
        ),
        "Italian": (
            " abcdefghijklmnopqrstuvwxyzàèéòù",
            #"""
            K>M;7@CLS9if>E=D=PA:CBF_el`vI{yz.RHGNOXFhKwe9C>QKp9C6NImp_Avo{yzC8AVZ9d_g,Zr<WS=Zr?PR@_wkG_vo{yzG3f@Y:db7:wJHZS/[hAUGDdvysdvo{yz@8^YU/dVh,ri
            R]S;XrQUTE^orqduo{yz-JVELNOFhIyo:H:PRa6:B[MjcjOvo{yzE<gXU=A`h)xuF]S8[rEKM?duvgdto{yz>;bWW7b7C3yu=Q?<Uq=RQ;bsyq_vo{yz99dYX-cbe/|qTXSCXrKVOJcs
            yfdvmHyz2BF>IFHJiO{r9?99KnGA?JIvdtG_n{mZE4WZZ2ebiA|XU^O/]rP4UAQwytdvo{yz-AJOV2SCRB|uQSQC@rR=E<_Zyedvo{yz16XRX3_[i6|r6SS:YrUQEKZstkcvo{yzE4CY
            Y/bbi:|nTBR84rURTFcrsqdvoyyz3<dF?4MIi=x[T]I5RiUF6GRvvmHvoeyd.QUGGOWLiMwfA@1PEn8>GPJber^vn{yzD8dXX3d[]?|dB]S0>j7QN=auydGvo{yzCRgZZOe]iO|uD^SQ
            XrSUP%dhytbvo{yz;7cHL0]Kh3zcQEH:WrBECLMkwMYZo{uzF>a=Z6[_P5|iQZS:@aU63>^]uadvovyy=3fTW4c^[5|hTWS3Qr;U;EddrbdOo{ywC?ROO=SPi?wn>B2@@r<96ZcwhsKv
            o{JzF0dZZ.cbi2|uU]S8[rJVTFHuyrdvo{yz65^UP>eTT2|]EZG3Vr:BU]dwZt`vo{yz+?GJU7NU[?|ZULSQB^SV;QdeU;Uvo{yz'MTRVLbSiK|fLRHM@rMA7Yawgc]vo{yzJ4dZXDeb
            i)|uT]SD]rUVU]dwye5vo{yz$RgZZOebiO|uU^SQ]rUVU]dwytdv_{yz$RgZZOebiO|uU^SQ]rUVU]dwytdvo{yz$RgZZOebiO|uUVSQ]rUVU]dwytdvo{yz$RgZZOebiO|uU^SQ]rUV
            U]dwytdvo{yY$RgZZOebiO|uU^SQ]rUVU]dwytdvo{yz
            """#
        ),
        "Swedish": (
            " abcdefghijklmnopqrstuvwxyzäåö",
            #"""
            L:FSA>:HF9Y?E@EAClD9>GBbZblFWP2QKP=QWG_SlD>C5ZJy6@7TBrY_v`gcB5F_W2YYc<@Z:WP7Z|@ILC[yh>cRPKBD_KS8^[1@l,OYQCVrKQFS^ppT{`gc16WeH-YWcBYVNXFGU|AB
            OFRjlZwVV[4O^KBOJJPT[E<J4WSw1B:^WnJhz`gcGEbdW:G[f3TZ>[Q?]|=OBG_xkT{GM.28^bK5Z>O9dXJUBFWz<=?F[vphkLJP32cdV4][c<LZTXN?`|QTL=]ip^{@;@=JRJBHK<_T
            nG7K.?RyN;@`@sYik`gc76ZaI0[[gQiWDZJ@`|RDO8^ypir5gK;1_dX9ZTaD^XFY@6Wz=K6@Isp_{DbK59UcJ7RRZ<LK3WGAT{PF>DVqfIqBIQ56EbR2RW`>hTI;<DBzNKFNQyk`{MBQ
            1=[W7@K8[?bIOYDKY|O>6NEsoMwPX`EOF>CNP<`PdA=45R@|5EBUN[dhw^eb:5_XJ9XQ_EoN>TF;7j:CEHYsn[{W8c0QffYJ_MgPo[-]NZLSIQB2_ypi{`gc.5S_C9SMW=XIKIDDYyLD
            BHIqnOyFJW4=WUT;MTQAc:@QH@HbN@1MQloHiHSL16`US3RU^6cUQUJE[|AE;KTqlJwJWM?NIWFFPSfPlH>94Y;|:?1ZDy`il`gc55OeT4XU`7oUTWGR]|MALNZwlT{2Lc55ZUI7_NJ1
            oSPNE<X|;?Oa_yQid`gc.@RUS7EYb:kNCSNV=lMN3RXiWQ``gc:Ed1HKYDeSmQI8>Q6|C=6^Zomgp`gc3?LfA8_[g5O[=JQ2`|EAQS_ypFI`gcLQfTNQR?gToK:A.ZW|0B>aGyVi{`gc
            /QZfEHX?gToQ8[4Z[|=97aOypi{`bcKOff>Q_KgTL=FMCZH|(EPa;ypi{`gc
            """#
        ),
        "Danish": (
            " abcdefghijklmnopqrstuvwxyzåæéø",
            #"""
            L;BT?;:GF:Z?E@DBCpH:>ABaYbj[Xg^@UIP@L:BdPhB7C4XIt9C6MBei[ulgwi><RaT3ZXc<GV7ZD=^}2JPA^xoCbTbwT;=SCI.[Y;7d?LSQ<UjBO@T^ivZ{lgWi6?WfG,MMS;_MDWKI
            T}B>@GHenY{b]kV2PWX?LMJTSLG=G5UWw1@:]Robgxlfwi7DVeT:JWT4JQAZS0`}>D>GWvtS{YWwA0E]dM0VKM>dWAU?LY}?>>HYstBiTQjUA5bjU2XZaDGWUWR6a}PUKC4_v[{BBe@<
            MRPCFF;gTj85K2CPyJ<E^=s_hglgji@GbgB,ZZhQdU0^SBb}BCQB]xvfplBwJ<8agV0[VbDa4J]J;^}=A?ARpvV{hVfP3?Rg>3OD`9ZM:WMBT{Q=CHNnmLqSFaP47DhN/VU[>iRL:PDD
            xGKKJRqtf{IIhQ1C_X49M7V@MHNZDKZ}R@<IRvsQxTZqLDTHLAJM:eRdC=77S>}0IJPC[cfvlgwi>9X]I5TOWAkP?XP<=w4FCDYtv]{9`wQ/VdmWM]ZhTkXB^GYI}RH4-_xviJlgwi-A
            R]E3UMW<jFOJGEY}JAB@KmtPwVJaV5EWXS6KUT?f6CQF@HtOD2MRmvGmRJmP/:^ZT3WXZ5ZSQWKDY}@K@KUdpJxa]]I?NMX7AN5`Oe@=>3VF}@A=]KxZhmkari:9^mT,YYe4kWTY;H`}
            QONZ_uqh{^;Vi80d^H7]KF4kXPT@<b}D?O__xOi_lgwi(BFJQ@GQhHkLJSPQK}PQ>J_xMD{lgwi<RPf;DUGeQh:2;=Q8}G;:][xldrlgpi4>Tm=6]ZT2kXOGS3b}RISM_xvAElgwi+V>
            m=@ZMhTkN@R=Yb}7=N_Jxvi{^gwiKVVUKMHIhQkC:Q2Y`}/98_>xvi{lgwfIVdmTM]ZhTkXVX9Yb}&V@__xvi{lgwiIV@mAK[3hT9R@JAYa}.C=_Cxvi{ggwi
            """#
        ),
        "Norwegian": (
            " abcdefghijklmnopqrstuvwxyzåæéø",
            #"""
            K>A]B::HE;Y?C@DBBrI9?B@ccdqIwh[<UKYHLUEdQiA6C6YDz5>8P8fmb|gw|iB:GgV5_Yh>NT7[S@]}/MR@]yn?_Oh|U58IQJ7ZZ9Fi9FKR9Pe<E=M^ex`|gw|i4<ZnJ-RSd6bRFWPD
            V}>GH>Mpx^|d_xa1RZbBLPIUHgF<K5VWz1@:^Psdg|gu|iEAdiT8FYh3HVC]S._}=SBE^yxS|Vm|=.G_mM3WEQBDVHZ=NV}=@@HVyx?eQw|iC4csX1^Z_DFVTVS5_}PTNE3yx[|Fw|A;
            LTWCFG;hTh64L2RPzH:D^@wahmgw|iJHbsY)_ZhRdVU^T0_}RUSF]yxh|gw|:;;_kZ0]TbEG3@YK<[}=?AGUqxX|cwyZ4;Ui=4Q>^9XM7XNCSzQADGRqxLyNcwT36JqQ/WVe>iTN:PDE
            wGJJLSyx_|E]|P1A^c98M7SEJHL[<J[}QA:MRuxL|Qa|HCUGUDFO<dTfC>58T:}0GHUE`dgxgw|i>;]dM6IHNBhSBXHA3}8DCLYqxd|8wvS-VdsZM_ZhTiV=^TY_DRVB+^yxh|gw|i-A
            TdE5UKW<hHRJHEX}JD;@OpxPxTvzT6E[ZV5MWW=D8APK=HtPA3MLlxJ|Ww|Q/:_eR2TU_7VROVNDZ}BG9KQmtNzZvwK<QQbMEJ<ePf4>>7WE}?>3^RyVgrgs|h35OsX/[YY5iSRY=I^}
            ODMXUyxh|QJ|h43dWA>_FJ0iVUSC@_}B=K_^yMh|gw|i)A?JTAGNhEiVULNLC}MR<M^yEB|gw|i;PXsE?XEbRi:1A>P;}?>5]Skoh|gw|i:VdsZ2_Zh+iVU^T7_}RVSE^yxEFgw|i'Vd
            sBH[ZhSiLD^DYB};EB^Kyxh|gw|iKVdsZM_ZhTiVU^TY_}$RS_^yxh|gw|iKVdsZM_ZhTiVU^%Y_}7VS_^yxh|gw|iIVdsFJ^ZhTi1>FBYK}-E?_Ayx>|gw|i
            """#
        ),
        "Dutch": (
            " abcdefghijklmnopqrstuvwxyzéëïó",
            #"""
            L>?K;>N>A=^EGA?<ErH@?J:BblKc{{}D4LCHKHI_MhA:C0VFv9H;MVbWbgz{p}F<K]W,eX`9P^BXP?U|4NPD]etJ_p{{}E<ZLS;eZ,BfFQZQ6]sHT8H^dtakz{{}4>Z`R+bP^8dWTWP@
            RxFEAIWWrfcz{{}4OJLL;OETHhG=M2TNq6A;NHWVpQxja}/GG[>@DGQ9gQLSO4ZtIA;HYTtZiz{{}6FY_J(eNUBh^SZKNZy=CIFXdrn`z{{}>9`bV,fZ_<h^XZP;^|BW5?^dt^dz{{}J
            JUDD3N=aT8AJJ2MQyM8;]Pd_q]zY{}5GSb5=DE_Sf7G_5OI|U?RI?Qtm=z{{}78HWV.cOUF_?DWJ;UxI@:M[Ztnjv{{}6<S]:2OJZ7hH<[N?PyQ=DBT[lcdu{{}52GaK0bM[=gYR>O<F
            |TIFJYZtmZz{{}+@QR9@R<W=`MSSKKX|PC>ML^sl_z{{}FOPGF8AEaReMC?589|5KEBHScoczp{}45U[F5cGRA^Q@NJB?w8G;IN[tcZz{{}3SabWKfZaIh_E_HV`|UJD(^etrLz{{}3>
            KN74_EU=hHOJI=PzP?B@JGrdVz{y}/KR;S;XTL@^U@UIGJuQB0OR[tIiz{{}-9PYT2aOP:eXTYN?Y|EEGJLNrQ[z{{}@RGOCHRGa0e@A<<UL|=@9I^>XrSz{{}J0`bW,fZaCh_Q_Q1_|
            JXSS^etrkh{{c@1^]M2fX[4h[Z]K1^|SKR_Ycgrkz{{}0AGJS>BR^6h_ZWPQ8|RP2`ZeOHWz{{}7NWPVJfYaNh_O6:R0|I46[[[ccez{{}IB]bR-fZa.a_ZZQ4`|SUSO^Jt^^z{{}DSa
            bWKfPaUh_Z_+VO|UHP`^etrk+{{}<SaUWGMZa6h_=_4V`|,XE`OeErkz{{}LOabQ?fZaUh_Z@%V`|UHS`^etrkz{{}LSabWKfZaUh_Z_QV`|*XS`^etrkz{{+
            """#
        ),
        "Finnish": (
            " abcdefghijklmnopqrstuvwxyzäö",
            #"""
            N?VZP;VYJHD9=@B:?nF;8K9]SIiRm0:[]QKgcR;MA:F;RLw??<DDmp]qXm;A_T]B]Y^6:V;XO-Y}GBL>ZxeOZXm0<ZOQ?ar@?]<FMR5Qh=F8KZhu]|XmA7ZoZ1fd`4_SQXS.W}VQNGR]
            dF|Lg9Kf`B;e[O:UC:D3RLz=@6NMo_SvTm6BpPJD9RZ4_WEQQ4L}EH@7^_eM|Tm9;ZLI9XRH;`W=@<>Hj?CD4[]uYUXmG9m`81qrb@=<TFPH`}XT3CPsuF|Mk4Ca]N?f]P@LCBA5FP}@
            67TFqh_tN^M.kmd3trbCdWV]S0a}[SOI]xu`u5gJ8lld8pla6d;U[S3^}R;F:ZpuE|9TI8ko]6hd`2SD4ES<Y}[QC;MrjMrBOH4Afa2lnb2dWTDSBH}[MO:ZxkS|6k+AlgK8eVU<YGSU
            <E[}YG;FVjrP|EX:FVVDO^`?7KC9D5ED}D7<PL`q_zXmD5jV[:mc]4dVMZS;:nBFH8YtnG|7a0QpsdQtrcFdWB]STIJ?T4-^xu`|XmD9aZS;dK:2>:QJP:TvFEAKAniNuD`<9n^`7lbV
            6`DOPRBQvU;1CSpuDw@l=5oia7om[8cNTZS:_}SF67]qpBz;J:DYeIAdcS>N=<A:;S}D7::Exi_pXmJ-iqc;rrc1dWUZS8`}XSOA]umO|:m:5p^R7tJH1dONHH7Y}==OX^xW`_Xm&JHO
            YFIS^E^WVPSTL}[P=U^YSV^Xm:QipINtj=EQ??<?SA}K;1WJxp=wM@4=Cs97trc1dW@OS=a}[HOI^xu=HXm/PosYKtrL?OK=E=FO}>@@WIxu:|6k4LpsVQtrIBKBD@5ML}N94XXxu9|H
            E
            """#
        ),
        "Icelandic": (
            " abcdefghijklmnopqrstuvwxyzáæéíðóöúýþ",
            #"""
            K>B]O9@A>J[L?>DJHnG7>G>c`RuDatGZLZPhE/RO`VS@ETOdG>E;cM}5EBFUkeZqbhtc8fjlpeF8W`V;^Y[4MY;]SCc}2VTAaysD}ZEtJZMX<Qk.=esM?^Y4@f?KMS<c}<V@LaOsd}bh
            tfZijlpk34[d>EQIW0fOIYORZ}FFT;U_sd}JWtIZiIlVkFQ`^XRB>^8d9EA7cY}2A;ZZiJA}bhtf@djlpg98Yf]BRJW7DO:X?:c}@E>?Tys<}QHtaU[Mlpc64UsK:^?T6EY@QBUc}>G@
            >aysa}KVtbOdIXpkC4es`2^YcGKY7VCJc}?VKF:ysX}E9P^ZKQQpk1P[WPSLIRRaG6N3VL}:C<Y]y[b}bhtf8ijlpdK+es`T^YcHfRV]S[c}SVTCaysd}5htfZ77Npk@;Xe`@TO[1@4F
            XAH]}9C@@OysQ}Xht[ZXbbRk7:Rs=6JJ^8GL;KRJT}NGB;QmsG}HNgJZLQ[Mg2;IsL5^XR7KVPGSQ_}PALEYys5}E_tYZSDXp]59Wl6GW8[9]THM7Ic}QA@AWysb}XQm^ZabKSkANeSS
            T>9cPR?GEDe:}.B8JVPsWbbhtfIijlpk>;eb`DPTIAFYA]@R3}4F=8[ysd}KhtFZN`ZWkKRes`T^YcRfYV]Sec}SVT$aysd}bhtfZijlpk.;WV];LMS8UAJLJSZ}HC@GVysa}@OOU@]X
            Veh8?Q[]9ZRPBL5@MD]I}ND1LGys^}bQPGZ[UlIk04XsY@TOQ6MMSZGXZ}CK<=QosTpHGtKZKL``c5QOsHRO?WPfKE84eB}1?@Vaysa}bhtfDijlpkI6es`1^Yc.fYV]S>c}PTTPaysd
            }b:W>ZiLlpkK.esCB^YC/fYV]<Cc}S8TZaysd}bhtfZijlpk/R9s`F^YcRfY;]Sec}SV*Zaysd}bhtfZijlpkHOeaKR6HcPf>GK-UU}4P7Zaysd}bhtfHijlpk1*es`T^Yc1fYV]Sec}
            SVTZaysd}bhtfZijlpk,@Ns`TDGGGf;:H@eY}?>=Zaysd}bh^fIijlpaIRes`TS5cGL8KG;ec}3<;Zaysd}bhtf4ijlpk:Res`TAYcRfY<]Jec}/V,Laysd}bhtfZijlGk,BSsURRRcR
            fH7E=eS}I;JOUyKd}Uhtf9Ljlpk*7Xs^SLKY9SJJKKec}E@Q;Pysd}bhtfZialpeCRTs`TM6cRf8AG=eD}@8>T;ysd}bhtf5ijlp?HRes`T<2cRf<2L?e9}:MNZaysd}bhtf:ijlpk7;
            es`T^SV9WH<>8ec}:B1ZBysd}bhtQZijlpk?Res`T^YcLCYDF.eE}575Zaysd}bhtfHijMpkK7es`*^YcN=YV]Sec}JVTPAysG}>RYRZXJ;Ok
            """#
        ),
        "Catalan": (
            " abcdefghijklmnopqrstuvwxyzàçèéíïòóúü",
            #"""
            J:L=77CNEC_j<D>E=MF=DDJf^kebukN`ysj_{-PI@@OSUgMXd:B>VHJ9H;KQq`mqlSsmqquhv{55cUQFa`g:Cx4JV@Sj6GD?ezgQ`_ulKgyNfd{@2bDW@ddT2rXC[U3[jAN8Dhxgtt`s
            ]Tcy]hv{67cYS*cdh:fiTTVAWhEQUD]ueqteuYm`yudp{3KT@NMNFiFcr8E8TOV64AJXqHrskcsmqmtju{C;eXT6K`i+tuF[U6[jILPAhzfdtduljUyrev{>=^UT5`YX4qxIR?FVi;MO
            /dvfrafubmqyrjsM?'cXW?cec9trTWU?]jRTNSgzgctausmnymjv{8>K<@FGGiTqrDA8BHPA>8HLwBuk`uslqts;v{?.aYV0dedMtaV]V>]jSSU2`zgutYusmqyujI{.9NHM:Q9F;txT
            OQFF`L@?BZQg]tlusmqyujv{.4aUV7`Xf9tu<RUAZjT=FNdtfjkddalKyhiu{95:XW2[eh:tlUOP;8jTJSLezgqtLuMDMyJiW{48b?E?ILZ?_kO[Q4ZaS=4OHydMnbX^lqyfjP{3PACB
            NXDgOhnB96TCZ3>?MN_dqrlurmpxujv{>8cAU1d_dFt[=]V4Tj4KDBdufdtTPdlYy^jb{CQeYXOdeiTtxU]UV]jTTS$hzgutlusmqyujvK16ULJ3ZOi:riTDL<SXBADMQuTdrIcSXfyU
            `r{+CZEW;__V;tlUXUDCXTA7Ebpffrhulm]yhXq{/6dVV7bLa:afTXU@Zj9ASFhqAbHGu[N[yh[u{8=IIJ5VXiB]mCD4VEj<<9[gzUulfuUheKujv{E0`YX1ddi2txV]V;[jSTTVgzgq
            t9ujTFyuhv{46eTG7dKB2tSRVB:]jD;R[hzRu^lusmqy^jv{0>]HW-]bY6thVZVOBjTR=Whz^oglusm[yPio{-0UVWAdWiMtxOKHH>jL;;Wbh^gtlusmqyujv{E'ZYO5deiBtxSUV?]j
            POUXhzgZZfusbqyujv{-Q[8UOMBiTtq2C@VON@JBKfzFuklusmqyujv{2'eYVOdeiTtxV]V<]jTTUVhzgutYusmqyPjv{9Q[OBOWLiMtxUW,VQj93;[MzFutlusmqyujv{3QeYXOdeiS
            txVVMV]jT&U[hzgutlusmqyujv{3P`BHJJIiTtxK<,UYjR9?[ezDutlusmqyujv{IQMY<N]eiTtxQ]DV]jTC&=hzgutlusmqyujv{0QaE7OTPiTtx:T<V=j1>S[hz]utlusmqyujv{$Q
            eYXOdeiTtxV]BV]jSMU[hzgutlusmqyujv{6QDYXO]eiTtx60?VTjS/B[bzgutlusmqyujv{JQeYX(deiPtxV]VV]jTTU[hzgutlu.mqyujv{
            """#
        ),
        "Polish": (
            " abcdefghijklmnopqrstuvwxyzóąćęłńśźż",
            #"""
            LCCG>LQKYDDAGB:>7kG=CAk:gX<hhjiXsWaV0QNAER`KhOH??E5SIx?CASj@tYDjhGiFWYjO9;bU[<l`h7[T>XK<Z|9AX@qWs8USWjI8sixgDCbZZ;lc548NX]OFZzSXRMzXzB/]Wife
            sixg;7YDS>i^iK[KAO;3E|ALTEbKnC;XTj_?s`QS.OSFFQS@iRA@EC9OIw==CYhIaYEjh^hSRJdJA>dWO<FZj.aZAYP1Y|@II>zWqOXdhjaesixg>:^WJEg[[8`ZGU?/Sx:RR9mWvXUG
            OjXAsixg(<bLUBkdd;aZZRK9Z|MXOPsLzKXahjYdsgxg69XEI.`PjLT<QQ@CVzV@IMkHkYOaNNBZb_xX46aXR/mcj8aV[PEMV|XGKKuSzZWh;jIes@xg95aD[Oj[f7aYA^J2Yz>C?;wR
            zYXDYjVIsex^C6OWX6`Vj/aFR[;8UzXNM:kVpWWeVjTesixg46KRZ9ldh2aOYWF3HyXTW?pXzCXRbjecshxgC3bNK:NXj,`O[_J>Y|XOBKnVw:XgNjZesixg4QCF9RZFjRVBDB<RC|>A
            GXk6mYCjhjiORDxBD<cCYDl]f8aS:_K/U|1RMDiXzMXQfj[Tsixg)Qd[[SmdjLaZ;_MSO|YZ=1zXzZXjhjiesixg@3_IL9aLjH`PXFL6UzVFAAoJy@3C`iSesixg>CbK[?b^T=J<W[OC
            ClYU.>jTzA8NMjgFsixg54cWY:d`^MaBHUF8W|<VU>wCq8WDRjGWsixg/GC?HPREjQ>EL=?RH|B;CZzGgZNjhdiM^`q<09N[S.mZj;aZ^QQ8K|OURSzXWCXjhjiesixg52_PN;l^g5aN
            ^_A?N|METNzXu4NVRjULshxg*BLCP>HP]CaP^OOI=|RU8PzXGEMjhjiesixg.QF9ORGMjRDDH<GSB|L?=[z?wYSjhBiLrDx]93JLM4mQj?ZP[D;?N|SRUIz?z6WcLjKRsixgLQCD@SmX
            jRKWH_TSZ|8RB]z)zZXjhZiDsiOC/Qb/5SmGjRaX^_TSF|YUC]zUzZ?jhDi[seMU$Qd[[SmdjRaZ^_TSZ|YZY]zXzZXjhjiesixg-QU63SiUjRaD^_TS:|YT<]zXzZDjhPiZsHsc<3`Q
            TFmbjRaL^_F2Z|YUW:zXz?XA5i<esixg+Qd-[SmdjRaY^_TSZ|Y7YZzXzZXjhjiesixgFQc-[SmdjRaZ1RASU|CZY]z:zZXjh5iesixg.Od[QSmdjRaZG_6SZ|0ZY]z8zZXjh:iesixg
            :CbVF3mdjRaDF^0HZ|XMYZzXz1XdCjiesixg
            """#
        ),
        "Czech": (
            " abcdefghijklmnopqrstuvwxyzáéíóúýčďěňřšťůž",
            #"""
            LAEGBMPXLKAAMD8@6rI9DH<]c`>^f[yUgL|iyOV{nT3TGA?R_[ISI?=B>RGv@A8Q@lX^@_f[ywgBkicQX{oPF6`YTAnhaGLVC^@1W|;BU<Sxo9ZFcEywCe|Eyal{eg?H[^X2lm.=c=NY
            N?WuPUJPYnrX^^c8ywgf|ivdl{Ug;9WUM9jT[Ba@HT87A|>FRBKbpG[AMFywWb|GrVj{Sa0QEHAOTXWWJC<E6MBv>>BVGgK^D]f[yjgOuiaZX{oR>E`TOCDZb/cYI^Q0V|=LB:YnlO^T
            b[ywgf|iybl{dg;EUZO6bJL@aZAL7>Ho6IG3P`hTPRb[nwgf|iydl{ag4=`RY@nn`CcZ<[E/V|DWP@Wlr7^GLZywQf|iydlwb`4KN>EKGGSVI>DB9LFwO;6V>tSaIXfYywgN|isWJ{oP
            D;_aT*nlb=aYX?CHV|X?AVSqra^Uf:ywge|ikdR{Vg87_JLCj]_TcZ=]E4UyDU>9Oor>]?A[KwLb|iy^k{Kb;8NZW6fYI7cHLZ?4VyYMKDXllM?BL?ywUc|i`dV{Ub2:KZZ8kna?cIWW
            J;DxRTO>XooK^=C@ZwP^|<y`l{J^?6_QL5QWbFbMY^L:W|YLBFWvrI[=@4yw@Q|Fydd{ef4TAL<RZRMXLEBFBPI|;AC96baaE^f[yvgJ|iiOZzoFCB`UYDl]`AcT?^E/Uo3JLFWurX^U
            fBywff|Tu5h{Ug5T`a]HnHbOc[*_LRDROXI3Yxra^_f[ywgf|iydl{og;6YLL;iM_CbSVFD1RzVNE=EmqGI=MZwwNPvivdY{LU<BZOW7glMJb<=IJ8C`XT0EOmoF]G`Hywff|ixdlo^g
            28`[Y6da[=cKIT@:W|AST<HalD]OLFvwZf|HqL[{Pg.N;RCQ]cNV;HECDR=yDC?YLx`aJOf[ywgNgibbKwo<:6`WS8nm^DcOI^@;V|JJUHYxr:O9BEsw<b|EaOO{W_71`WJ>nLI.c[JY
            E?Y|E?RZYxQaX_f[ywgf|iydl{og6HMSV;Uf_1cWZVQ?>kWW0GYxW?V_fWywgf|iydl{^g+T7PSRbaKX]J=JFQ:|OB=VTro`W_f[ytgS|iy]T{oC<6PSB2nnUBUHRE9<B|QMOIFxrL^@
            d@lsef|iw_U{Vg4T_M;SnmOZZR=C3RI|DD=Z9xra:_f[ywg[|iyBS{oV(T`aMSjn8ZbWH8<RX|PLNZXxraQ_f[ywgf|iydl{o]*T`?ISnnHZ]@EBBRN|M=@ZKxraM_f[ywgC|iyNL_oV
            KT`a$SnnbZc[V_GRY|YXLZYxra^_f[ywgf|iyd^{ogLT`G;SnnXZ]N1VLR;|27RZCxra^_f[ywg7|iydl{oZ*TM5TSnnaZZVY<SRL|D><YOxraQ_f[ywga|iydL{oe7=`V]0nnb?c?O_
            :HY|YX>HYxra^Bf5ywgf|iydl{Ig)2`a]SnnbZc[Z_SCY|YX:BYxra^_f[ywgf|iydl{og2T`KCSnnGZFK;M0RP|>O<ZXxra@_f[ywgNWirATMoH-M`XSSnnbZc8Z_S4Y|YXC/Yxra^_
            f[ywgf|iydl{Sg?E``]-nnb3cJZ_OMY|YXVTYxra^=f2ywgf|iydl{Vg;G`a]/nnb:c@F_IGG|XP7ROxra^_f3ywgf|iydTUog*T`a]SnnbZcJZ_S-Y|YXCGYxra^_f[ywgf|iydl{og
            'TKY]SnnWZU[EESRY|P?VZ?xraP_f[ywg^|iidl{o:8=KQC4nnb0c=V_>MY|YRMOXxra^<f;swgfki^d`{og
            """#
        ),
        "Slovak": (
            " abcdefghijklmnopqrstuvwxyzáäéíóôúýčďĺľňšťž",
            #"""
            L>FIDMNVJHDBPB9?6qE9BG;b_`=_xfewwSfIlzbrPeU0RNF>S``JQG?>C:QJx@B@TAnY`B`xgewwefCpz]b[CYE5^XW?iibEMVCU@/Y}9BW=Vyq<ZKxcXwwQbb{zhwkfh<AX_Z8ko/0b
            >T[K<WvOWLMYtqX[`x[Iwwafc{zlwleh=7ZWP8he[;^BGS97B}>FQCGohJFCxZWwVQZZtQRbgff.OEK?OUXNTIFFI6LCy>@CWPmI`K^xfetwcfR_zEU[QS@7`WOFF]c0c[HYR0X}AD?=
            YyiS_]xcYZwffe{zlwlfh:EROI8VKL=c[DL9=N}6CB5RjqUNVx`eQwffe{zlwlfh4<_Q[BkobIcZ?[G/V}CXJ?Vyq9_JxNGwreGe{cFwcfh76MDF2NOYOTCFF<MK}OA@LOuWbNXxeUrw
            ffNszkwT=[8AZbH)ioaKcW[VICY}VKCRRyqb^]xeTww:fd{zlaReh76_EUEi^_QcZDYC3V}CV<;Onq=^?xKeNeQKb{zJwkfa<4Z^Z6_`T7cON[?3V}VSNEVooCZBxMEOwXTd{slX]fg4
            :FZY4job9cIYXK7H}UQP@XrqG_:KPaeHcad{zlwlfcE5_PK6OYb6cL[^O<X}VSBEUvpI];x;EtlL;R{zlwRfg6Q@K<SVTOVLAAAAQJ}8ACC5dbaD_xgewwffIwxMjZfCAA_VZDlhaBcR
            >^D/Uy.SOGWwqU_U[gEwZWbe{jloefh4R`b]SmocVc[?_TREFDY1,Yyqb_`xgewwffe{zlwlfh;7QMP3jWZ7bMXHE7T}URJBHrqKJ>xPElkSNI{zlu^f]=7^Q[@f]QGc=?KKB?sVT0GT
            kqE^LxdMww9dc{zdtlEh;7_]X8gmZ;cIEV>5U}<TS;DikD^HxJK[pQMd{Xlojfh.LNUGP]eVT8CECCQ;x?BA[KyfaSMxgewwffXczTtR];53`WX8mo`@cKH^@8Q}KIVIYyq;PGSFWs`U
            >duzbYNf_73`VC9mGE2cL]UE=Y}B<X]YFYbU`xgewwffe{zlwlfh2IKQZ;SZc2cW]VPD@}TV/GYyWG_`xgewwffe{zlwlfh+Q9QWRf^@VaDRCEO<}LC?WLyn`Q`xgewwffS{zlwQAJ=6
            MPB@moN=[LCF73M}MMUI@yqL^?xgEiwdce{zasZah0R`;ESmoRVGQ<ECRK}=E:Z8yqb8`qgewwff^{zjkYfULRSb]SmocVcU]_TRY}VY.]Yyqb9`xgewwff2{zlwl0h'R`aOSdl5VcX]
            <IRY}FYU]Yyqb^`xgewwffc{zlwlfh0R_DWSmo`V`7G@FRE}B5<]8yqbN`xgewwffV{zfmKfVLRUb*Sm2cVc[TK6RA}?YR]Uyqb_`xgewwffe{zlwlfhLRHUWSmocVZV<_ORM}I8D]6y
            qbG`xgewwffe{zlwLf*1R.=BSmoYVcQDSPRL}@J?]Lyqb[`xgewwff;{zlwJFb(RB8]SmoaVcXJ?RRJ}E@R[SyqbS`xgewwffe{zlwJf[=6`b[7moc1c>O]<@Y}VYN=Yyqb_`xg7ww`f
            e{zlwLfh)/`b]JmocVc[]_T=Y}VYFLYyqb_`xgewwffe{zlwlfJLRAb]SmocVc[]_TR-}VYX]Yyqb_`xgewwffe{zRAlf*<06b]SmoaVc5[O9;W}VGPIMyqb_`xgeww9fe{zlelfb+<`
            b]SmocVc[]_T2Y}VYL2Yyqb_`xgewwffe{zlwlfh=?`b]3moT7c@K]JGB}VX1PWyqb_`xg7wwffe{zlwPEh%;`b]SmocVcZ]_TIY}VYWYYyqb]`xgewwffe{zlwlfh??JbF7moc/c:]^
            2NY}VPSMYyqb_^xg;wwefelzb`[fh
            """#
        ),
        "Hungarian": (
            " abcdefghijklmnopqrstuvwxyzáéíóöúüőű",
            #"""
            M5CGN=>L?GM:A<>LHpJ>@QB`b`LKEWbUVXgr/PJWCPZBYMN=;G>YBv??8VTl__;W]eehpiis;5<ab0`[Z;OR>XSAc}JLRIIyuYV?RRIYQjLp=BSR^@_^B8cFPUUE^pK*I[`ou`XWI>eh
            pmis88RdS5aZL?FOJPJ7L}PANHCmn_U>?EG[g[@g:PUVNOT;JTM@4>8VUv<>8cLoUa=LYZbhpmisFIb`Z0KYa=bXOZV2c}FQFH`yq]Y1JePViDZV7;TaZ:OHFGCQGVF>[}DKJGNyu0PE
            C[OQ`jN]F-ada3c^Q6dXSXU6d}XTOW`yu]YGSH^QRdih3F@LFJMBTXU:?C5OR}K:?`Ht[aIL[KEhQeisC5^^J/d[aXZW0ZVAc}JQ=Z^yubM?Lc^Q^eib08R[a7[YR;bFRVR<`}OJAC]p
            uaYP>LP=oNik7;SNK4UNHBLJ>DLF_{QH<UJuoAP@BFCTiQJs38E``/[^W>WJQPRAT}UQFJYpuaS;BWGUYkiN4?ZA@5PH^?XHKXKH`}XK9P]vr8V?DL^ZcTSeIQJPKPP@]X`95=9UG}5;
            <ZTZXa;Y]eehpmis;8Z8U9TYTJROHVM7Cu;HE?NyuXYH;CdZhges1RbecPd^aGdX@ZWYHHGU:+`yubYY]eehpmis97NMI6XIMCNLFBG?Z}HI8ZCnt^H?FPLOfGO^2;UY[=Z]NB`PQPS;
            VuN@COYsu^1DCEW]TcPf2;U[a8W]LBPIJTP?_}HK=FKrtOY:>LBITdJTEOIYJNMD`QWI32=YK}C48c_yWbUI]eehpmis<1^ea3`^Z?YWSYU@c}WTAK[uuaY78N^^nLIY96beH4dFD1dX
            PZ@?d}F9Of`yMbYY]eehpmis/?EK]?IVU7dMTQQQ@}TP4J`yN9TYXeehpmib0?M`b2Z^RA`OPON9Q}RG=`AqoaDGKNe[VXQE1?VeP8_YN?bJIV>A`}UN=ZRyuaJ:?HGIULB`KOHL^PYG
            QX:J2A<Yc};0=UIyubKY[UehpmisIRSPPPd=OXX@=K9Y>}4/?fAyubNYZeehpmisMRbOcPdPaZcWG>BY@}6O)f;yubJY]eehpmis+KE[9OSROHG8>SHWQ}FB@eKyubJYYeahgmisMRCW
            LPdMaZdG9F7Yd}59=f6yub5Y]eehpmis3O]McPd=aZ3U5UPY[}B68fWyub@Y]eehpmisDQWb_Kd:^W`9)YKY^}<KBfUyub@Y]eehpmis+PEcFJHVNOI=<UGVQ}@?>`EyubENWbdUpgis
            0RUTcHY^SOG0FPDY_}A@Hf6yub;Y]eehpmis
            """#
        ),
        "Romanian": (
            " abcdefghijklmnopqrstuvwxyzâîăşţ",
            #"""
            K:N;7>@M]@bcAD=E<rE9CDH][p[sD]Ma2QJ=JNKOhHPc:KAXIw4E6ERoZiCsk]PE@8aNU=^ak0gn9WT9R}CJL4fxn_[skFbHA5gIZ8bg>;tUJ]U8Z{AX:8]unvhJf;eB;9_WY*bRk6ke
            UWUCW}FWSA[aijhgkEgf-:S>NLQNjGdnAI=VJx9>DTPmInPsg]JTF>hVV;Nag*rvH]U5[}IVKAfxdrhPhDgf>;]TS5^ZI4pvDJECS}7MK7_rkoYdk9gf?@aVX+bhi-ugTVRJS}QVIOex
            n]hRgPgf4CM=H:GQmDlq>>8II}CC>?GtZyEsj]BM40aXY6b]mFufH^T<]}RUT0axnyaskZaf.:MFV6RBK9uvUMRKF}MA<>ZQn^hsk]gf29_TX4Z^l4uoN]S9Z}SUE7WsaoeikDfY@3?W
            Y0ahj9uqVTG=8}SVR@dolrhXj>gf7?fB@6JKl:ccS]SDW}PD36PtjpUmkF`H=7H;BNRKmKng>?8T>}3?BI[ZYtMsk][a>9eTW2bafBua=]U7Uu5J>;atljh^jDfA,QhX[Nbhm=uvB^GY
            ]I>Y81gxnyhsk]gf9:^JP.[MS7tnUDI?W}SGC8Pwmma^iDZW<<f=Y3PbP9u_TNTH?xSU0=bindegi@fe48fVW1^fb8ucTYU?W}8VQ=geiegUk;gf2FOJRMXSl<rn3>5YE}<K9U^x]yXq
            kT_V?.cXZ.bfm7uvWXU?W}OVSOerlyhSk=gf:2hUJ9bMI-uvJSFCQ}G@TUgx`yhsk]gf1ASBX7U_c4ueXWUY9}TX3BdmcH[lkHgf+DFK[EbKmEuv@ADJ7}H?FOgVVVZsk]gfE1`XO7_f
            e7unUZUD]pSUTCWxaa^Uk-gfKQZX[NbhmKuvC9*Y]}6Y5Ugxnyhsk]X[KQhX[NbhmLkvOF$Y]}SXRUgxnyhsk]bf&QgSWNbYmOuvQUTYY}9EBKgxnycnk[RMI>hT[;bhm)uvX^OS]}TY
            4?gxnyhskYcdJEhX[@bhm%uvX^UX]}TYTRgxnyhkk@gc
            """#
        ),
        "Croatian": (
            " abcdefghijklmnopqrstuvwxyzôćčđšžȏ",
            #"""
            LCEQ?KQJY<D@IC9=7rD9C?DZem?{[UrYd{-OKHDQaQ^PC>CH8JIuAJ<S?nsjC|ZJVZQ{B3b^Z;n^h2FY:YA8Y}5QUAPxxaX|mhrin{@5_]V6jcG+PESWSDWtARHE[kxk_|merkn{:/GZ
            X;gLj9KQLO98X};NVDIluq[|mhokd{,LJO>PTQ`MW>B@8NLuBEBPGk_nJ|NSLJ[{=AdXM@EWn.XYE[R1X}BG=>]kkS_|mhrkn{4=ZdO>hVXCXY<UB<Vu3PM1YxxjZ|khrhn{,=_`T9hd
            [6XYXSQ9Q}KT>G@lxV_|mhrkn{0NWDPQSPLQ7?D@=MJ{@<?ZCvfxB|dGhJd{<3bf[)ndm@XT[ULMY}VKK<Uxxx_|mbrhn{<0`P]9mcf<XYB]P1WyADB>Npxs_Ymgrjn]A5^`V<`]m/3X
            PZC6WxUOJGYgki^|mhrkk{52H`Y3ldj<?OQXK3ExLRTNZuxx_xdhrknh>1bSJ6VQm38OZ]T7X}UJABYxwp[|mdrkn{5NGO<QW>eP?CF>?RB}9=>T=baxD|XLZRM{F?cFZClbf:GFG]M.
            T}.MMDYuxf_|`grbn{.Odf]QndnEXYA^TSG}FX:+]xxx_|mhHkn{A1`ZN1lPQ3TVUKE:T}TGIDPouiT|leoKI{::cR[9edP?S<?JBH;uQU0@Dqxb_|mgrkn{;3d_X6daZ3PGSYD6Q};N
            TDDlt[_|mhrjn`.LNVLPXIbOECBA@N>}C<?ZLx`xJ|>BoNN{A0caZ5ndm7EJ@]>8Y}8TWH]xxu_|mhrfn{<6d[Q8nKM,XYH^G?Z}F=SZ]xNxX|mhrkn{,BCDSEDd]=XO]LOJA}RT=U]x
            H5S|mhrkn{+DJfVJndnDJQNF>L3}J<GO]NVV_|mhrkn{;,GfMGnPn9XYDE6?Z}HXWH?xxu_|mhrkn{LOdf$QndnQXY]^TSZ}VXWZ]xxx_|mhrkn{=7dfZ*ndn4XY]^>RZ}VXW@]xxx_|
            mhrkn{?7df]4ndn.L7M^8SZ}VXWBOxxx_|hhrkn{L3dfX+ndn=XY]^TSZ}VXW1]xxx_|mhrkn{E8dY]3ndn3X3W^>RR}UX5UPxxx_|OWrkn{G/[fH.ndn0NY][CRZ}TXWG]xxx_|mhXk
            n{LOdf)Qn,nQXY]^TSZ}VXWZ]xxx_|mhrkn{
            """#
        ),
        "Slovenian": (
            " abcdefghijklmnopqrstuvwxyzčšž",
            #"""
            LCES=KVKZ=EAJB7>7lG;DE<cbp>NM[.OGUGQcROQ@@?C9QEtBE=]<osqBL[T?9`aQ9p_h2VW:S>7Y|7DTAKzygZWen53^VX0sdG6ZEQVN9UpGQHIYoyo^`jn;2WhT8nY]<KMKD85B|?H
            UQGsutPZf^/NLR<OdE[PG?@@7OL{DDAZ>l_qFKQQ;<bPDCCMj1[YFUP4U|=D<<YzdO^cjn?0Y[RCe^WB[Y<WD/W|8NK=WzrsYbjn,E^iX@sd^:[<PVL4X|?W<NXzy^^`jn/NVBNP]QFR
            I;=A=PI|B??aDxhz=GH^92_iT,scf=ZNYQE@Y|WIG@Ozyz^cMn9/aVY9m`d:VY>[E2V|EOMARmyz^cdn?8^UY9eTj25HSW;3OxVOMJXryl]UjU67CiY.ocg;XUSWE2Q|LJVLXzyz^a^n
            ;0aVM7dWg2:RT]R7X|WMFNWzws]Tgk2OCU:P^@^PMD@DCQF|<<=Z;erwK>SJE<bWYBrbf9[HJ]K.Uv-SPNWzyh^bhn3Pbi[QsdjR[YC^SRHDBY51Y1yz^cjn?0UXL1mOQ6HPUQC;V|VA
            GJJnykY[S]=>^X[7nYOA[8>MA@=tMU.PRtyd^chn77baY2ic_4TISXA5W|>TSJCno_]cjn4MLXIOaCgO=AG:@Q4|C8?_Rz[zW?IM47bfZ3s]N7YLHY9<M|;BQYXwyzFahn:5biN4sdH1
            [KISD<R|B9QbYWJzScjn+?IDMBCLjC[MZQOIA|OO6OYzCT^cjn+INT[QsFjM[YDJ;J6|L;ASYzOVRcjn7.=gJ@sNKCUPGI7C@|DXTPAzymZTNi<5YiY/sdj2FEK^8NX|EWSHXzyz[ajn
            K>bi[6sdj1S7L^BOR|WY1XPzyz^8dnI8Vi[2sdj2KVH^-PY|WYWTYzyz^cjc
            """#
        ),
        "Turkish": (
            " abcdefghijklmnopqrstuvwxyzçöüğış",
            #"""
            M;8T:BP>F:k<KJICHjL;BJEa^>SFJQfUR6OJNAQV]MOk>;=6^Jy6AAZYrt>EMj`HWFH3_`Y8jah-fYEWT;f|QVY8hyqY`bEIdMbB4]]U2jcG6rFMVSB[rGSH<hnxZcajGf4bD5^gR0kb
            h5oWIYT9^|KWYA`inYcbOEf6b5NTLFPW]eQo<>>6[Vu4??]Mm`CUBicBWI50`ZM=DYf8rXAVR=X|CFAPijxSc_j_f8bEF[]U-fY_2wYNVMOWwASRAfsu[^a7;eFb=,Y]U5jcd7{YMPSI
            e|KR8TaoxXcXjQfHa3OUPMQOZYQsA9B5YL{8CF]WxfF@?jcLW@;4QgO1mcX2{LBYPBh|PHZARyx]cbCcf<b08^dX<j^f9{S7PT?a|MC>:frx[bXZNfCb=0^aE2fLj8zS>ANLb{TSICfr
            sYb]jHf<b7/JRK3kQi9{W<STKWzTMXBeyw[RbjIf>b/<YF9:_Nh:wPBCTOc|NOFAexwU`ahLf8aCOVQCQSNhOc:2D8VI|47HS[XiGQ`jcGWG60]UP<iTW;{K=MT<Ng?CBK]plIbVh`f;
            b,P`gZQmMjQ{Y2YN^JUJY>2iyx]cbjcfWb09ZYC<[L]6vJ?BOL^zSDEB`ttY^NjFf:PB7_YY8kZQ3{NLMIAZeST9F`mv;c]QCf5b63X[T5SZY5{IBGQI^|ITN?bnlVcYaAf:b3OMJPP_
            _bPwF4=6]N|:I?]Yyc@ERjcHWB>9^FO)jbj9{YLWTPc|@SWAasiOcbjafWV64`WI7mJG3{YQSB8h|?=U]iyM]ZbjcfWb(DCGQBIVZBcRTNQQD|PP:QiyHSTbjcfWbC-[dK7THiB{UEUF
            5^|FQMFgvu[cbLEf<b09^BB:mBj7{W<CMPh|TSYCfyxP_biKf:b;8MgY0mcj/{YIMSCh|RXSMiyx[c[LLf9bMP^gYQmAjQ{J8R/^V|58Q][yxJ5ajcJWX6P`OVQicjQ{<@57^Y|5@C]L
            yxC<LjcIWGCA`bS6mch-{Y:HSZh|>XZ=iyx]cbjOf6`.P]HMQScjQ{@9A6^Z|9DL]iyxDEZjcJW?4;_gU@l`j9{E2@T^f|TN5DJyx[^_fSf;b
            """#
        ),
        "Lithuanian": (
            " abcdefghijklmnopqrstuvwxyząčėęįšūųž",
            #"""
            M;EXBGFHX?I<CF9L7qA:=LA[aMnjfeuEJpgO7NOOGU`Ql7WE>>=VEr<5>=@ou_aj]dujGpgUI2f_K:k[e>=X>WV9V}COO7_xxW`QpBOjc9Hk>@VUY7kb6-c@NUV<T}BPHSacxXskaZuj
            cHgkB4ak[<i]k2^QUWV4W}FRT?Jos:sTpBcTcjMA8HRUKP^Hp6T=<A8TAu8=;VWd[_ZkPeqYFqgSD,f_QDJUs6cXJZT3Z}IP;CaxjYsbpeujcqckC1YdPAeVX5bXFQI>W}5H8AYxxJSI
            iQk_cOOd37Tm^4kZ`;cXSLM4V}GQ@GYxx9skpeujcqMk5=RUF?UMrNF<B=6AJ}D:CFZwebR[UdujBaHgJ1dm^2kbn8cXZZV7Z}VST4_xxbsEpc_IcREkD4bRR>g_c7cX8PS7V}F<:>Vl
            xKsQjNpaGaOkE1RiG:_Oq0aRRXR<N}VODAJqjCnMp>WNccHhD.Hm[5gbn;cXWYS5G}VDOB`xxIsDpCZjcqHhF9cTD6N<m6a=ZZUAYsVM5<YsuKqURASO`pLg.NJS=UVBoN>DF<ASK}=7
            =TXZ]aak[euj]qg[@,fiO;k`g9bU@YU@S}5MGISxxXs`jPl`bq^i+Ofm^Vkbs@cX<ZVVZ}VS</axxbskpeujcqgk;1GTI<gQp3YKYGN9I}RE>EMsuMpX`JbVPVU`*DeVLCib[:cCGQPJ
            CwNQ8@VxxRsPhVjfcnXk?3ef[;g^_0_RUPP:W}@KQ<Kmv@rLpGTU^VJi:KSb>USHqBH=F@>9M}93>XHxhbakWeujSqgEI1cm]2kbs/cXZZV>Y}VSTHaxx8kRpLbjcgOk:6fmO?kPM-cX
            @RC>Z}C6TYaxQbskpeujcqgk*F;MTJEbWCcKZKVVA}VO>YaxX5skpeujcqgkDMBhDUk;sNE5R7IUG}9?2X@qm`UkfeujRqggH>Rm/;kVs3cXZPV7Z}VSR;axxVskp@Yjcq?k&O_m^Vkb
            sNCXLZVVZ}<CTY[xxbskpeujcqgTLOfmYGkbs$cXZZVVZ}VSTYaxxbskpeujcqgk0OfdUVeWsN;K9DLVP}<08YVxxbskbeuj]qgJ(Ofm^VkbsNcXZZVVZ}V.TYaxxbskpUujYqgk*Ofm
            ?SkLsN>CZNVVJ}5EDY:xxbskp_ujaqgZ<7dmKGk`s4J:L?PAJ}BE:E@xxCsPHNnPTbGkMOfmIVk]sNc;LNFVW}15-YRxxbBkbeujOqg[$Ofm^VkbsNOXZZVVZ}VITYaxxbskpeujcqgk
            >?JmA>kbs-cEZKMEI}CNGGExx3skp_d^Yqck
            """#
        ),
        "Latvian": (
            " abcdefghijklmnopqrstuvwxyzāčēģīķļņšūž",
            #"""
            M:GP@LJJY9H<?D;O9pB=@F=c]kQXl]nYpboLnn3OMZEUfQj8NADB@YC};87@GotrTUy`w_uPYPneG1ec]:l]l;HQ@[WBX}FJO6FyxaY>|@yBunof;v:=_aZ3ldM,bESXX@W}FQIQ^jx{
            aGeDyCunofnv?0af]7jap;[OXXN<V}@IPB^oro:D|Ey:un_fdc:JXKFLWLh=M:AA;VJx;59X@iZvJZ|_^aqMVKnM@6e[TAF[u2bYF[X,]}HLDL^yxgaT|YybunofnvF1W`>JcVWDbYBT
            HCY}99;8Yyx{PB|`ibunoCIv;9Si]=ldu<bYTLM0]}MR>LRyxKaQ|5y8unofnv5KTNG2SNsRD?CH<PK}=;DXOw`{:Y|_aa_dHYniH,ci]FlauCbWQ[X;]}VCR1Wyx{Z8|RybunobNv?4
            `VZNgceIVX?NM7V}@5>8Ukx{a;|`yaoDkBnvH2ccD?]Yu4_OOXD8S}U?E?Ltxn`?|;yAunfbPv52Ni[9ldp=SRYLTBQ}V6L>]yxta<|<ySunoXbv@5aTA3NTj=^OYVM6U}UD7AWyxma<
            |LyLuno_ig7OHPCRT;uNA>DF:VC}:;4SKXj{P[|`ha]acEnvB0eLX@lQd4XU>RL@S}8DHCXyxiZ=tCsPuhoXnv1Oei]UlduRbY6[XY]}VR2-^yx{a[|`ybunofnv66GWS<jXY8^KUEI@
            F}O=>AHuxmV:|HuCXnoVUv*:d]ZChcXD`CCQPKJvQM6JTyxo`O|JyRunofav57P[V?g_f8WMUQC;U}A:E;QnuhQ?|Dy@rYWaUv.OQYLTQIqQU>D4?YM}<:DXVyh{?Ur`yau_oUnm;/bi
            ]7ldu1aWZZWI[}THRN]yx{a>|6yPunofnv48eiO9ldu3bYZN>9]}>6RX^yx{P[|`ybunofnv*G7CRC>duFbJQMXYF}VM9X^yO{a[|`ybunofnv,OMM]UlduDbY;KBF1}V=DX^yM{a[|`
            ybunofnv7C[_=BlVu8aJL9QGI}N@DJ6yx{ZN|=y8nnR]jv4LOD8U^TuO=B>?IYO}969VPyx{S[|`ybq`jHnlM*ei<<lduAbYZ[XY]}VRR/^yx{a[|`ybunofnv;OeHPUg=uR6P6?KYQ}
            4E3XYyx{a[|`WbkRkCnvM:ei]=ldK*bYZ[XY]}VRRX^yx{a[|0yPunofnv@O6F>Ul;uR@BY7JYK}MD0X@yx{Z[d`ybujkJnvI6ei]5ldu*bYZ[XS]}VRRB^yx{a[|7yLunofnvD-ei]U
            lduAbWZ[V>]}TRR7Xyx{aG|Ry]unK@1vL1ei]5lduAXTZ[X7]}RQR1^yx{a?|GybQnoBnv<-eiYM_au8bVJPV?K}EFP@Wyx{aC|Dy?=nefHvGOeS1Ul^uRb=LJ>Y]}9:.XNyx{U[|`yb
            unoLnv@3ei]FlduDbYZ[X7]}VBR:^yx{a>|`A.unofnv
            """#
        ),
        "Estonian": (
            " abcdefghijklmnopqrstuvwxyzäõöüšž",
            #"""
            M<O[N>ETNFE8>AB?=sG9=N7g`mtVSqKm}2>Gd>LbKL=ID9??RW}B:9MDupo}cTsg}}/2c^X9jaf:MX>XW:`}=KSC[{x{}cesh}}37PMK?ja8Ed;EPL9O}:D>FV_x{}cesh}}.1]nU7Wa
            f8ZSOBSLZ}IKR=R{xu}cesd}}0@N]C=ZFS=^A<@=UXu<<>VHxax}cesg}iA(ehOILYf7dXJZU8a}KNMD[jxW}ces`}}<-ahS6d^_7dQQP@QX}BNR5Xix{rcesh}}E9ctU/jaW6CLVWU:
            a}US5?Adx`}V]sU}}2IQa=LV@T@^===:MOxF7;QI{h{ncdsg}}L*etY7jafO_WVWVFa}SSS3[{x{}8ash}};4dkY=h_c8dCGVR8^}K7E6N{x{}DKhK}}7;bg?4eJe2AM>QN>WxYJ@@Pj
            x{}TIsP}}@4>pW3jad.dVUGNJMvYQR@X{x{}?Rlb}}5=`^62NDf9bJTXAI^}YN:=X{xp}HVpW}qDNLTDDXAFFXA4C35I}<EAOO^h{}ceshv}=7a_Y6j[b8dVHSX6C}6EG;T{x{}APZQ}
            })OetYPjafPdXVZXYa}ZSS,[{x{}cesh}}>7eYC8f?O2>GRGP?OvGFB@@ixkvYYpO}}4=daX2b`X8_JOVUJTyWE3:Suxc}XNoE}}61elV5]ab:^NMERFX}GDF6VusiyLONJ}}:IFg7JV
            HM?TK???XJ}A46;L{^{}ccsh}}<0etY<jaf3`WVYRFa}TMSGX{o{}74mh}}21etL<j=N6dXVZ9Ya}L@EV[{A{}cesh}})?FILAOSf>dXVMLGa}QN;O[{EI}cesh}},DetYIjafHdLVZ3
            F9}Z3SK[{x{}cesh}}0OetY(jaf>dXVZXYa}Z?SV[{x{}cesh}}MOQtPDjS@5dW3XPTT}/=EVX{x{}8eih}}MOetXGj]I.UXFU4X;}=M2IY{x{}_ash}}6O[t;PjafBFFKZLYa}>S7V[
            {x{}ce+W}}HOItQPjQ3Pd;73FY=}M8SV[{x{}ces8}}MOetYPjaf&dXVZX4a}ZSSV[{x{}ces?}}6OetYPjaf%dXVZXYa}ZSSV[{x{}cesh}}
            """#
        ),
        "Greek": (
            " άέήίαβγδεζηθικλμνξοπρςστυφχψωόύώ",
            #"""
            LQFLZ7OC<9eFLR?L>FaC;P];7JTGiYKbe3b`a^QS@BRFYASA7D9ORO=I:<]HMXeahmKb`a^Da:TR_YFUE>J0GHAB;=;]T;]Yahm,b`a^QmTOSrYIU?K?GXST@6:>]YPLeahm8b`a^3XN
            CGBCRUPOF5a6IKM;@]]NgFahm1b`aNQTGHSWYL;BCC9WS>;CB:JDSne`^mK3EJK7b]U?rDfD[:YUp2Z7]XT]hcvVM^SKNC;?=mB^?rMf5=PC?]=Z5]XTYhFvHPXQL^IRBBm__/r@f1[^
            YUp6ZE]XT;hcvPRHT7T`a6QbFHSiYQ6EFI7KR><GB<GPSdQ`MjLL]8ELm__*rDfE[^SUp7ZX]XTShcvR:hK,b`a^QmMUSrYJUCO=<eSWC5:A]]Y^eagmLR;@R6m__4r8fP[^8Rp8ZK]X
            T<hcvNGEO2HRP^7VMGEYLKU6D@H]?QGH8F]]LcXPhNGBBDL3l_M8rIeIO@WUp8WB]W:CXZvL8QLI?B;C;cV_6r<_>[:BUp4ZX]XQIVcvKFLIKG6AD3J__5r=e>[^BMp;AX]XTYGce]Ah
            V.HJMK2m^J?qCSC[^YTp9ZX]N=RgcvBG[YIJFUQ:m__3r4f9[^YUp;ZX]X<@hcvF=@f2b[VHPSCKKrUK?NC??nQA@=BH4TQoe^AmLDJQE8m__9rGf9[?XTp0Z7]XI[hcvH>eYK@BFA6Z
            ?[>rBW6S^HR`5ZR]VHJS<vHEUK$b`a^Ql__SrYfU[^YUpSZX]XT]hcveahmLV^TEEU_V9r2RAI[=UpJQW]Q0=FNvLQIeKEL>L5f__;l6e<[WTUp0ZB]VSFecvEFMV.^_T^KiFWSkWHUT
            J?7ZQ9:E>>]UEZeWheL4D6J2m[_DrGK>[WYUp6ZG]WMOhcvDGQPKSMDA@m__-rMR?[^XLp:Z3]XNWh_vCK[CLT`R^Im__1r)fG[^YUp:ZX]XKXhcvLZhZ<b`_^QkEDSrYPUZQ@-pSO;>
            5<]eVveahm.b`a^QXEESbVQTLC;7pRG@9C;]`HY_ahm/b`a^QgN^JrX?UTE?4WA::K@D]TYMYahm=b`a^Qh]ESrYHU[Z:+iRN6F;@]bcveahm
            """#
        ),
        "Russian": (
            " абвгдежзийклмнопрстуфхцчшщъыьэюяё",
            #"""
            MGF:S>L]C<c@NG8<7B9CBE[VMXky``NjUs4RHANFCM>RAD=D8QEAE8YaTJGXWya`sPE]F;_XgT>g[Dc;8ZB7Z8MT;iLIflCB8`okSc44dOfW7g^>cD@PA7SFILFjRke^_y:]skVg<>`X
            MG?g`:cYCL?-[7VU;jik]lny``qk`u@2cK]G3TZ<cK8VA7KEJSBj]b]]nyM^piVX2QTFJBKLNNJB?@5JL8@:[b]TQUPya`re^iJ<QYg:.g`0cJXW4OZWUUKjkkflnya^sk`X</S@g<Ic
            ^DcMP::6[JUU@jk`blnyE_skEu4KHDNJ;^CBGED<?MKB;;_NQKIRcya`sL>o(RbUfGOg_ScL3VKQXW@=_jkfX`nya`sk_u90`Tg[AZ^:cZ=]K2ZBA@BjiDfknya`]k`s>;PX_[8H`6cO
            S[E6[WRUIgkkNlnyM5rB8V58UBf[/g`>cVTGG6JWUUHjkkelny@`rkB^A7dV_G3gX4cOX]=5[WJBJRd]]iny:Vs_M`7R@8B=EEFMDA9ACLC?>?^dZUKJaya`kkTsD9cXg[9g`>cSJ]O.
            O0SQ@jk]eknyP]skWu?1bJPZ3F_;cPWHD4VNJGAcOfcRlyD[rkOh=FRN`V@Y`<c>>ML:=OE0GfTaWTnuLAsh<g78_AgY:g^:cGSVC7V:=UIfkkXlnyK5oj[l8OPPL8;DLSM=D?DQ>B9=
            _Q_iEVCya`r?[uK,dYd[Cg`4c[CXR4[BTJ=Kkkflny^`pk`u)L`Kg[Bg`;c[XYJ2Z?QTTbchflnya`[k`u=:dFg[4g`*cKX]SFOWUUIjkiflny>`sk`uB5dYg[.f`3cCS]9KZVW<Vjkk
            c^nyaUsk`GB:cSg[3g`+c;I]@F[IQMQjkkflnyaTsk`LL9dYg[)g`0c[X]RQ[WWULjkkflnyaEsk`EMRdYg[%g`Sc[X]TQ[WWU_jkkflnya`sk=D1RJ<^L9aNS4NBASQDFN<_j9jNPjy
            a`sk_u(R`Xd[Pg7ScBXW8Q[WDH_hkWeJlya`sM]nMR_UUYQg`R[90LQQPRR*_KbkfAnya`sk`u-ROYgUQd_S_[XZPQZUT8_jkk0l4ya`pV`u&RbFgM@eMS`ZVLFQYOR@_jSV[lTya`sL
            Ou9RdW]QQUUScWHA+Q[>K1_jPkflnya`sk`u
            """#
        ),
        "Ukrainian": (
            " абвгдежзийклмнопрстуфхцчшщьюяєіїґ",
            #"""
            LDF8U=P];T]@MC9C7A>DEFaPKVQfjINEey4RECLFVN@TAH<A5READ9YcTKBUifW]EWl|<8dV`Y<iYAeJ7IE7Z;NS3jTdXlpfl^j=o}94]OZB=OZ3eCFTA:MUFMCkSd]dpfl^j8p}?:aV
            dZGi^HeYFI>,Z9YO;hijejpfl^j;pu<5OL[V=EZ@e?:U=4GFMCCif_c_pTf[i<p{3OTEJBVGHTO<HB3MH4BBZ^[QWVmfeZaVje>=MVgR.i^7eN;[3FZWZT>kkgNlpfl^jEp}7/H=P@Ni
            ]HeNS>6@HONOBekh_Op]g]jFp}0RQAULV^IT<=A;CRDH:<[KBLNOUfkUhWo}*RZMfFVi^TeO2HBGYWF:[ikde^pfk^jWp}<2`TgZJi^=eY>[G1ZCC>=kjEefJfk^j?p}<9dV]Z:i^9e@
            YZR5ZWZVBhkhelp8A7j9p}55VBgZ6i^7eFL[I8KWXU?jjiVlpfk^j7p}G6dUaH5iX:eLZ[77ZWMBDWeZ`WpLT8c>p{4RB7@AUFAT]BB<BQD8?EZdaTHSifL[eUM}C;dVgZ6i^<eOM[L/
            X4UO@kkS[kpfk^j:p}>6aJNW4h^4ePZIG4WWJFAcPZeLpdVEj>p}?HdTgZAi^;eAAXCAAWY->eUXe_pHf9jBp}@6cFgZ?h^/eJWXA9Z9XS?ekgekp<`UiBp}-PU3WHVSSTWDDCDRCFB<
            [UYhM[RfO^@Wo}K+dVcZEi^TeYJSQ5ZCYJ=hkjelpfl^j3p}(LdRgZCi^GeYYZH:ZKXUKgdjelpfl^j5p}LLdVgZ6i^@eYZ[QRZWYVSkkjclp;D<j)p}?2dVgZ0i^3eFT[8GZWZUJkk`
            alpfl^j<p}A=dGgZ0i^3eCE[<AYIYA9kkhelpfl^j?p}L@dVgZ2i^KeYZ[R(ZWZVBkkjelpfl^jNp}-R^VaYVi^Te8ZX49ZW5E[gkceGofi]fWn},Ra6fPVW]T[YZWPRZSV7[kkj3lpf
            L^=Wp}'RdJW?VhLTc<YELRYSVE[kQVdlpf`^SWp})RdSfBVi^Te?Z>IRZQO4[dkjelpfJ^jWM}3GM:N6VSFTEA=G<MUC=G[dWZNMXfMIRWC}$RdNgWVg^T_YZ[NRZWYT[kHjelpfl^gW
            L}+BPMgIMi^=eYZ[RKZ>ZV4kkjelpfl^j8p}
            """#
        ),
        "Bulgarian": (
            " абвгдежзийклмнопрстуфхцчшщъюя",
            #"""
            KDG?M>Bc=;h@OE5>9E9EMGYWPW^bs_+NM@SDOUBRDEEJ7SLDJ;`__OQ_PbuZI8e@gZ4hW:iS<ZC:[6KS?jHlgmA<uT9.eYYV6hX8iIONF=TDGKPjMldmm>uGA6bKbYIh[=i[8Z>7Z/XT
            9jolgmmQud<.VFbJ5_[:iWYQB;RBOTFi]lbbm?tM,NQOS?PGHOUBBG6MIBB<P_[VOHabubH5eNi1,h[:iHX_CM[WYQSjolgmmXud>-I7TAJc[>iHMG?B?JREPjHgMVmXl]1JVEQK@]9J
            ZDA@?NM?@;fSgNEQTbu;7N_NgYKhZSi>,V7RYV:6fjo`ehmbud@/dCiZCh[=i[=^N3[@A<EjlQgmmAid99XRWY5OB3iP][88[WPJHfnifhmJDA;1UMiZ.h[>iSX^D3NPRTQjlkgkmOuI
            ;/eW^E1gX6iUT_K9[WMBTTghdgm[`M2N?=I=MBGLEGABASB>@9cblWHb[buNG<eViZ@h[>iMO_O0[-IOPjnAfmm@cWA1bGNR1IR7iRWGI9WWGDLaO`VQmHuH8>aCdZ6h[<i=?RIGANY0
            Qg]h`mm:uP34]@_R5h[;iLVTD4V?RNTgdlbmmHpT>IN=CHJRSRg9<9AS;>5BeIm`A[E`udI*eYbYBh[6i[D_R3[GSFFjolgmmYu_;>e=iZCh[9i[YYG+[8TMBZilgmmUudB8e@iZ7h[(
            iV]_RSZWYTfjolgmmSuKD2e>iZ0hZ5i?R^6K[EYTVjolekmWudC:e?iZ7h[3i1[_2L[EYTajolSmmUud84eYiZ.h[4i[]_E6[VYPXjolgmibudKNW?V;PN;ShC:>IBD2@6fjY_QkAbud
            >M_YiDQZYSi[YONS[FW9fjo^'cmbud-NE9ZTOhQSdGJB8SXNI2fjWl`mIbub
            """#
        ),
        "Serbian": (
            " абвгдежзиклмнопрстуфхцчшђјљњћџ",
            #"""
            LDEDJ;LeA<ALC8<7E:F>U[WSPpEf`Zt-NO=QEQV@Q@IC?JJBI>UcZPHRUB`@Z{A5dZdY7mX4Y<VD6X5TWAanffgrESfm}?0cZaW4m^9LNZ=8Y:WWHoodf`r^@em}4<XX`OEmZ?Y;HD=U
            1RO2jp^ggr^j_m}=.IHQX6j];WWT<9W:OVDhmgfdp[[Mm}-NNIM>QSHI=C?;JKCFESWcUWENWJGL|H.[[dH1m^/Y_]HQZUXWHqpjcg]UjSm};.F>NDEm^8YAD8>YIXX?qnjggr^jfm}1
            NP>UNPh>R>D<>MRD7@YVKHEGd<`^Zy;0cQdZ:m^AYF[T2Y@BD<qpNgcr^Eem}>0^Y[W8j[.XZYD6YUNJFYlccgr_jfm}04CZdY1m^CWXZJ5HQOVLlnefer^]eg}<0dZXJ3m[3P_ZU5YV
            ICA`lZ^fr_Wfmp5NE<>9PMBPDF@CRC:;=WZ_TKN[@O`ZxF?dYbY@m^;UTYN.X-KPDoeEfQr^[fm}B0aMMN0EV6WZQI9VVGMCiQ_[L`]g`j}@6aF_X<m^><AKAH9NV0@hlSgfr^jfm}<0
            dCcZ3m^7IXWG6N<RTCd[cggr_Zfm}-MPJGLOMOR@D>AO=F@@Y[g^AOm<jZGv8>dYYHCm^.YQTU5V>O=9JpXgcr_jfm}*AdBdT?m]5Y`VR<UNT9J_pfggr_jfm}<8bXbP4m^*PTYTNT@M
            TAjlXggrZjfm}<7dRdZ3m^.9L[;RZVXX=qp^fgr[hdj}B5dTdZ6i^95U]EPVUX1Rqp`Ygr_cF=}L3dYdZ-m^:Y`]U=ZVXX1qpjg`r_jfm}86^McX*m^@OZRKLWVLF;pp^`gr_jVmtI/^
            [dZ1m^:9`]DRYVKX3qpSg_r_jdm}K-d[dZ*m^BX`[UKZVXX?qpjggr_jfmq=5d[dZ+m^3Y`]CKZVUX=qpjggr_dfm}=0d[dZ8m^0Y`]U0ZVXXZqpjggr_jfm}
            """#
        ),
    ]
}
